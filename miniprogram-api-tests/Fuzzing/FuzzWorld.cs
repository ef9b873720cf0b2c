using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pond.Members;
using Pond.Operators;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Products;
using Pond.Tests.Http;
using Pond.Tests.OpenApi;

namespace Pond.Tests.Fuzzing;

/// <summary>An app with people and things, some of which mutated requests may end: those are then made anew.</summary>
internal sealed class FuzzWorld : IAsyncDisposable
{
    /// <summary>What nobody but Bob may hear of Bob.</summary>
    public static readonly string[] OfBob = ["贝壳儿独一无二", "13755556666", "贝壳巷七号"];

    private const int NewcomersMax = 100;

    private readonly SemaphoreSlim healing = new(1);
    private Dictionary<string, string> paths = [];
    private int newcomers;
    private Phone alice = null!;
    private Phone owner = null!;
    private Phone victim = null!;
    private Phone leaver = null!;
    private string spareOperatorId = "";
    private string bobsRefreshToken = "";

    public CommitLog Commits { get; } = new();

    public HostileApp App { get; private set; } = null!;

    public IReadOnlyList<string> Ids { get; private set; } = [];

    public IReadOnlyList<string> FieldNames { get; private set; } = [];

    public IReadOnlyList<string> Cursors { get; private set; } = [];

    public static async Task<FuzzWorld> Start()
    {
        var world = new FuzzWorld();
        world.App = new HostileApp
        {
            Change = services => services.AddSingleton<PartitionStore>(all => new ListeningStore(
                new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()), world.Commits.Add)),
        };
        await world.App.InitializeAsync();
        (world.alice, world.owner) = (world.App.Alice, world.App.Owner);
        world.bobsRefreshToken = world.App.Bob.RefreshToken;
        world.paths = await FuzzThings.Paths(world.App);
        await world.TellOfBob();
        world.Ids =
        [
            .. world.App.Operations.Select(world.App.PathOf).Concat(world.paths.Values)
                .SelectMany(path => path.Split('/')[2..]).Distinct(),
            world.App.AnothersAddressId, world.App.Bob.MemberId, world.alice.MemberId, world.App.OwnerId,
        ];
        world.FieldNames =
        [
            .. world.App.Operations.SelectMany(each => each.Fields.Keys).Distinct(), "memberId", "price", "state", "version",
            "createdAt", "isAdmin", "$type", "__proto__", "constructor", "Reason", "", "a.b", "a[0]",
        ];
        await world.Heal();
        await world.FindCursors();
        return world;
    }

    /// <summary>Credentials that are good for something.</summary>
    public string[] Tokens() =>
    [
        $"Bearer {victim.AccessToken}", $"Bearer {alice.AccessToken}", $"Bearer {owner.AccessToken}",
        $"Bearer {MiniProgramApi.BootstrapKey}",
    ];

    /// <summary>Secrets that no refusal holds.</summary>
    public string[] Secrets() =>
    [
        alice.AccessToken, alice.RefreshToken, owner.AccessToken, victim.AccessToken, bobsRefreshToken,
        MerchantAccount.ApiV3Key, MerchantAccount.PrivateKey[..60],
    ];

    /// <summary>The request that the operation would take.</summary>
    public FuzzRequest Valid(ApiOperation operation)
    {
        var path = paths.GetValueOrDefault(operation.Id) ?? App.PathOf(operation);
        if (operation.Id == nameof(RevokeOperator)) path = path.Replace(App.OwnerId, spareOperatorId, StringComparison.Ordinal);
        byte[]? body = operation.Id == nameof(ImportProducts) ? Encoding.UTF8.GetBytes(RequestExamples.Csv)
            : operation.Fields.Count == 0 ? null
            : Encoding.UTF8.GetBytes(BodyOf(operation).ToJsonString());
        return new FuzzRequest(
            operation.Method.Method, path, "", TokenOf(operation), operation.NeedsKey ? Phone.NewKey() : null, body)
        {
            ContentType = operation.Id == nameof(ImportProducts) ? "text/csv" : "application/json",
        };
    }

    public JsonObject BodyOf(ApiOperation operation)
    {
        var body = App.BodyOf(operation);
        if (operation.Id == nameof(StartSession)) // of many, since WeChat lets nobody log in too often
            body["code"] = App.Api.Sandbox.Codes.Issue($"newcomer-{Interlocked.Increment(ref newcomers) % NewcomersMax}");
        if (operation.Id == nameof(RefreshSession)) body["refreshToken"] = bobsRefreshToken;
        if (body["version"] is { } version) body["version"] = Versions.GetValueOrDefault(operation.Id, (long)version);
        return body;
    }

    /// <summary>Versions as the last answers told them, so that replacing goes on to work.</summary>
    public ConcurrentDictionary<string, long> Versions { get; } = new();

    /// <summary>Whatever would end the life of somebody whom the others need is somebody else's business.</summary>
    public FuzzRequest Spare(FuzzRequest request)
    {
        var path = Uri.UnescapeDataString(request.Path);
        var isAboutOneThing = path.Contains("/coupons/", StringComparison.OrdinalIgnoreCase)
            || path.Contains("/addresses/", StringComparison.OrdinalIgnoreCase);
        return request.Method.Equals("DELETE", StringComparison.OrdinalIgnoreCase) && !isAboutOneThing
            ? request with { Token = request.Token?.Replace(alice.AccessToken, victim.AccessToken, StringComparison.Ordinal) }
            : request;
    }

    /// <summary>Makes sure that everybody is there and may act.</summary>
    public async Task Heal()
    {
        await healing.WaitAsync();
        try
        {
            if ((await owner.Get("/api/operator/operators")).StatusCode != System.Net.HttpStatusCode.OK)
                owner = App.Api.Operator((await NewOwner()).Key);
            await owner.Put($"/api/operator/members/{alice.MemberId}/status", new { status = "active", reason = "接着测" });
            alice = await SignedIn("alice", alice);
            victim = await SignedIn("victim", victim);
            leaver = await SignedIn("leaver", leaver);
            spareOperatorId = (await NewOwner()).Id;
        }
        finally
        {
            healing.Release();
        }
    }

    /// <summary>What an accepted request changes for those to come.</summary>
    public void Learn(ApiOperation operation, RawAnswer answer)
    {
        if (answer.MediaType != "application/json") return;
        using var json = JsonDocument.Parse(answer.Body);
        if (json.RootElement.ValueKind != JsonValueKind.Object) return;
        if (operation.Id == nameof(RefreshSession)) bobsRefreshToken = json.RootElement.Text("refreshToken");
        if (operation.Fields.ContainsKey("version") && json.RootElement.TryGetProperty("version", out var version))
            Versions[operation.Id] = version.GetInt64();
    }

    public async ValueTask DisposeAsync()
    {
        healing.Dispose();
        await App.DisposeAsync();
    }

    private string? TokenOf(ApiOperation operation) => (operation.Id, operation.Caller) switch
    {
        (nameof(EndSession), _) => $"Bearer {victim.AccessToken}",
        (nameof(DeleteMe), _) => $"Bearer {leaver.AccessToken}",
        (_, "member") => $"Bearer {alice.AccessToken}",
        (_, "operator") => $"Bearer {owner.AccessToken}",
        _ => null,
    };

    private async Task<Phone> SignedIn(string shopper, Phone? phone) =>
        phone is not null && (await phone.Get("/api/me")).IsSuccessStatusCode ? phone : await App.Api.LogIn(shopper);

    private async Task<(string Id, string Key)> NewOwner()
    {
        var made = await (await App.Api.Operator(MiniProgramApi.BootstrapKey).Post(
            "/api/operator/operators", new { name = "接班人", roles = new[] { "owner" } })).Json();
        return (made.Text("operatorId"), made.Text("key"));
    }

    private async Task TellOfBob()
    {
        var address = RequestExamples.Of(nameof(AddAddress));
        (address["userName"], address["telNumber"], address["detailInfo"]) = (OfBob[0], OfBob[1], OfBob[2]);
        (await App.Bob.Post("/api/me/addresses", address)).EnsureSuccessStatusCode();
        (await App.Bob.Put("/api/me", new { nickname = OfBob[0], birthday = "1990-01-01" })).EnsureSuccessStatusCode();
    }

    // Of every list that has a second page.
    private async Task FindCursors()
    {
        var cursors = new List<string> { "b3V0Ym94OjE", "bWVtYmVy", "" };
        foreach (var operation in App.Operations.Where(each => each.IsPaged))
        {
            using var request = App.Request(operation, "?limit=1");
            var answer = await App.Send(request);
            if (answer.Status == 200 && JsonNode.Parse(answer.Body)!["next"] is { } next) cursors.Add((string)next!);
        }

        Cursors = cursors;
    }
}

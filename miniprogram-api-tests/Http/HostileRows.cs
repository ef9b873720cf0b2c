using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pond.Coupons;
using Pond.GroupBuys;
using Pond.Members;
using Pond.Operators;
using Pond.Orders;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Shares;

namespace Pond.Tests.Http;

/// <summary>A stored row that is not what the app wrote stops whoever reads it, and nobody else; nobody guesses.</summary>
public sealed class HostileRows : IAsyncLifetime
{
    private const int ReadersPerKind = 3;

    /// <summary>End sessions and people that the others need; and what is written while it is read, see below; and what asks
    /// a second time for what was done, and so gets the answer without a look at the row.</summary>
    private static readonly string[] LeftOut =
        [nameof(EndSession), nameof(DeleteMe), nameof(RevokeOperator), nameof(ChangeMemberStatus), nameof(ExportMe),
            nameof(ChangeCouponTemplateState), nameof(InviteFriends)];

    /// <summary>What may be null is not written when it is: whether it was ever there, nobody can see.</summary>
    private static readonly HashSet<string> Optional =
    [
        .. from type in typeof(Composition).Assembly.GetTypes()
           from maker in type.GetConstructors()
           from parameter in maker.GetParameters()
           where parameter.HasDefaultValue || new NullabilityInfoContext().Create(parameter).ReadState is NullabilityState.Nullable
           select JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!),
        .. from type in typeof(Composition).Assembly.GetTypes()
           where !type.ContainsGenericParameters
           from property in type.GetProperties()
           where property.GetIndexParameters().Length == 0
           where new NullabilityInfoContext().Create(property).ReadState is NullabilityState.Nullable
           select JsonNamingPolicy.CamelCase.ConvertName(property.Name),
        "runs", "makeUps", // nothing in rows from before there were any
    ];

    /// <summary>Ask whether somebody has bought before: behind the first order that says so they read none.</summary>
    private static readonly string[] SatisfiedByOneOrder = [nameof(GetGroup), nameof(GetShare)];

    /// <summary>Answers of operations, which have their own tests, and a mark that says all by being there.</summary>
    private static readonly string[] Unread = ["op", "waiting-order"];

    private TamperedStore store = null!;
    private HostileApp app = null!;

    public async Task InitializeAsync()
    {
        app = new HostileApp
        {
            Change = services => services.AddSingleton<PartitionStore>(all =>
                store = new TamperedStore(new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()))),
        };
        await app.InitializeAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task What_reads_a_broken_row_stops_and_stores_nothing()
    {
        var cases = new HostileCases("Stored rows");
        foreach (var (row, readers) in await ReadersOfEveryKind())
        {
            foreach (var (how, data) in Broken(row.Data))
            {
                foreach (var operation in readers)
                {
                    store.Tamper(row.Partition, row.Key, data);
                    var answer = await app.Send(Request(operation));
                    if (store.WasMet) cases.MustStop($"{operation} {how}: {row.Partition} {row.Key}", answer, row.Data, store.Commits);
                }
            }
        }

        store.Start();
        cases.Done();
    }

    [Fact]
    public async Task Whoever_has_nothing_to_do_with_a_broken_row_is_served()
    {
        var alice = MemberRows.Partition(app.Alice.MemberId);
        foreach (var row in StoredRow.All(app.Api).Where(row => row.Partition == alice))
        {
            store.Tamper(row.Partition, row.Key, "{\"a\":");
            var answer = await app.Bob.Get("/api/me");
            Assert.True(answer.IsSuccessStatusCode && !store.WasMet, row.Key);
        }

        store.Tamper(alice, MemberRows.Head, "{\"a\":");
        Assert.Equal(500, (int)(await app.Alice.Get("/api/me")).StatusCode);
        store.Start();
        Assert.Equal(200, (int)(await app.Alice.Get("/api/me")).StatusCode);
    }

    /// <summary>It is on its way already when the row is met: so it breaks off, and nobody takes it for whole.</summary>
    [Fact]
    public async Task An_export_breaks_off_at_a_broken_row()
    {
        store.Start();
        Assert.True((await app.Alice.Get("/api/me/export")).IsSuccessStatusCode);
        var (partition, key) = store.Read().First(row => row.Key.StartsWith("entry:", StringComparison.Ordinal));

        store.Tamper(partition, key, "{}");

        await Assert.ThrowsAsync<HttpRequestException>(() => app.Alice.Get("/api/me/export"));
    }

    // Of each kind the row that most operations read, whatever its id is this time, and some of these.
    private async Task<IReadOnlyList<(StoredRow Row, List<ApiOperation> Readers)>> ReadersOfEveryKind()
    {
        var readers = new Dictionary<(string Partition, string Key), List<ApiOperation>>();
        var operations = app.Operations.Where(each => !LeftOut.Contains(each.Id));
        foreach (var operation in operations.OrderBy(each => each.Method != HttpMethod.Get))
        {
            store.Start();
            await app.Send(Request(operation));
            foreach (var row in store.Read())
            {
                if (!readers.TryGetValue(row, out var known)) readers[row] = known = [];
                known.Add(operation);
            }
        }

        return
        [
            .. from row in StoredRow.All(app.Api)
               where readers.ContainsKey((row.Partition, row.Key))
               where !Unread.Contains(KindOf(row.Key)) && !row.Partition.Contains(":due:", StringComparison.Ordinal)
               group row by (KindOf(row.Partition), KindOf(row.Key)) into kind
               let busiest = kind.OrderBy(row => string.Join(',', ReadersOf(row))).MaxBy(row => ReadersOf(row).Count)!
               select (busiest, ReadersOf(busiest).Take(ReadersPerKind).ToList()),
        ];

        List<ApiOperation> ReadersOf(StoredRow row) => KindOf(row.Key) == OrderRows.Prefix
            ? readers[(row.Partition, row.Key)].FindAll(operation => !SatisfiedByOneOrder.Contains(operation.Id))
            : readers[(row.Partition, row.Key)];
    }

    private HttpRequestMessage Request(ApiOperation operation)
    {
        var request = app.Request(operation);
        if (operation.Fields.Count > 0)
        {
            request.Content = new StringContent(
                app.BodyOf(operation).ToJsonString(), new MediaTypeHeaderValue("application/json"));
        }

        return request;
    }

    private static string KindOf(string key) => key.Split(':')[0];

    private static IEnumerable<(string How, string Data)> Broken(string data)
    {
        yield return ("empty", "");
        yield return ("null", "null");
        yield return ("a list", "[]");
        yield return ("cut", data[..(data.Length / 2)]);
        yield return ("a flipped bit", (char)(data[0] ^ 1) + data[1..]);
        if (data is not ['{', ..]) yield break;

        yield return ("no properties", "{}");
        var row = JsonNode.Parse(data)!.AsObject();
        foreach (var (name, value) in row.Where(each => each.Value is not null))
        {
            var without = row.DeepClone().AsObject();
            without.Remove(name);
            if (!Optional.Contains(name)) yield return ($"without {name}", without.ToJsonString());
            var other = row.DeepClone().AsObject();
            other[name] = value is JsonArray ? new JsonObject() : new JsonArray();
            yield return ($"{name} of another type", other.ToJsonString());
        }
    }
}

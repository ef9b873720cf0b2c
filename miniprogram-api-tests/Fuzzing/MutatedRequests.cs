using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Pond.Payments;
using Pond.Tests.Http;
using Pond.Touches;

namespace Pond.Tests.Fuzzing;

/// <summary>Valid requests, changed at random, get a decent answer each, and no refusal changes anything.</summary>
/// <remarks>
/// The seed is printed. <c>POND_FUZZ_SEED</c> sets it, <c>POND_FUZZ_REQUESTS</c> asks for more or fewer.
/// </remarks>
public abstract class MutatedRequests : IAsyncLifetime
{
    private const int SeedByDefault = 20_260_302;
    private const int Lanes = 4;
    private const int HealEvery = 100;
    private const int FaultsShown = 12;

    /// <summary>WeChat's own calls, which have a corpus to themselves.</summary>
    private static readonly string[] Signed =
        [nameof(NotifyPayment), nameof(NotifyRefund), nameof(CheckWeChatEvents), nameof(ReceiveWeChatEvents)];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentDictionary<int, int> statuses = new();
    private readonly ConcurrentDictionary<string, bool> taken = new();
    private FuzzWorld world = null!;
    private HttpClient http = null!;
    private FuzzJudge judge = null!;
    private long slowestMs;

    /// <summary>Requests of this class.</summary>
    protected abstract int Requests { get; }

    internal abstract bool Takes(ApiOperation operation);

    public async Task InitializeAsync()
    {
        world = await FuzzWorld.Start();
        judge = new FuzzJudge(world);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            UseCookies = false,
        })
        { Timeout = Patience };
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task None_fails_hangs_tells_too_much_or_changes_anything_when_it_is_refused()
    {
        var seed = Setting("POND_FUZZ_SEED", SeedByDefault);
        var requests = Setting("POND_FUZZ_REQUESTS", Requests);
        ApiOperation[] operations = [.. world.App.Operations.Where(Takes)];
        var each = (requests / operations.Length) + 1;
        var watch = Stopwatch.StartNew();
        var waiting = new ConcurrentQueue<ApiOperation>(operations);

        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async _ =>
        {
            while (waiting.TryDequeue(out var operation)) await Run(operation, new Random(SeedOf(seed, operation)), each);
        }));

        var rate = (int)(each * operations.Length / watch.Elapsed.TotalSeconds);
        Console.WriteLine(
            $"{GetType().Name}: {each * operations.Length} requests to {operations.Length} operations, seed {seed}, "
            + $"{watch.Elapsed.TotalSeconds:F1} s, {rate} a second, slowest {slowestMs} ms, "
            + string.Join(" ", statuses.OrderBy(one => one.Key).Select(one => $"{one.Key}:{one.Value}")));
        Assert.True(faults.IsEmpty, $"{faults.Count} faults with seed {seed}:\n{string.Join("\n", faults.Take(FaultsShown))}");
        Assert.True(statuses.Values.Sum() >= requests, "Some were not sent.");
        var never = string.Join(" ", operations.Select(one => one.Id).Except([.. taken.Keys, .. Signed]));
        Assert.True(never.Length == 0, $"Taken never, so their changes start from nothing: {never}");
        await EverythingThatWasTakenCanBeCarriedOut();
    }

    private async Task EverythingThatWasTakenCanBeCarriedOut()
    {
        await world.App.Api.Deliver();
        var failed = StoredRow.Messages(world.App.Api);
        Assert.Empty(failed);
    }

    private async Task Run(ApiOperation operation, Random random, int times)
    {
        var bodies = new BodyMutator(random, world.FieldNames, world.Ids);
        var mutator = new RequestMutator(random, world);
        for (var number = 0; number < times; number++)
        {
            if (number % HealEvery == HealEvery - 1) await world.Heal();
            var valid = world.Valid(operation);
            var request = number == 0 ? valid : world.Spare(mutator.Mutate(operation, valid, body =>
                operation.Fields.Count == 0 ? bodies.MutateBytes(body) : bodies.Mutate(world.BodyOf(operation))));
            await Try(operation, request);
        }
    }

    private async Task Try(ApiOperation operation, FuzzRequest request)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var message = request.ToHttp(world.App.Api.Address);
            using var answered = await http.SendAsync(message);
            var answer = await RawAnswer.Of(answered);
            statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
            if (judge.Fault(operation, request, answer) is { } fault)
                faults.Enqueue($"{operation}: {answer.Status} {fault}: {answer.Body}\n    {request}");
            else if (answer.Status < 300) Taken(operation, answer);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            faults.Enqueue($"{operation}: no answer, {failure.Message}\n    {request}");
        }

        var tookMs = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (tookMs > Interlocked.Read(ref slowestMs)) Interlocked.Exchange(ref slowestMs, tookMs);
    }

    private void Taken(ApiOperation operation, RawAnswer answer)
    {
        taken.TryAdd(operation.Id, true);
        world.Learn(operation, answer);
    }

    // The same requests for an operation, however many others there are.
    private static int SeedOf(int seed, ApiOperation operation) =>
        operation.Id.Aggregate(seed, (hash, letter) => unchecked((hash * 31) + letter));

    private static int Setting(string name, int byDefault) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : byDefault;
}

/// <summary>What anybody reads.</summary>
public sealed class MutatedReads : MutatedRequests
{
    protected override int Requests => 12_500;

    internal override bool Takes(ApiOperation operation) => operation.Method == HttpMethod.Get;
}

/// <summary>What shoppers change.</summary>
public sealed class MutatedCallsOfShoppers : MutatedRequests
{
    protected override int Requests => 12_500;

    internal override bool Takes(ApiOperation operation) =>
        operation.Method != HttpMethod.Get && operation.Caller != "operator";
}

/// <summary>What operators change, half of it.</summary>
public sealed class MutatedCallsOfOperators : MutatedRequests
{
    protected override int Requests => 12_500;

    internal override bool Takes(ApiOperation operation) => IsOne(operation) && !operation.Path.Contains('{');

    internal static bool IsOne(ApiOperation operation) =>
        operation.Method != HttpMethod.Get && operation.Caller == "operator";
}

/// <summary>What operators change about one thing.</summary>
public sealed class MutatedCallsAboutThings : MutatedRequests
{
    protected override int Requests => 12_500;

    internal override bool Takes(ApiOperation operation) =>
        MutatedCallsOfOperators.IsOne(operation) && operation.Path.Contains('{');
}

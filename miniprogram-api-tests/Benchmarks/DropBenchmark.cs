using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.LocalHost.WeChatSandbox;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Tests.FlashSales;
using Pond.Tests.Orders;

namespace Pond.Tests.Benchmarks;

/// <summary>A drop: so many pieces, so many members who all come in the same moment, over HTTP.</summary>
/// <remarks>
/// App, embedded store with fsync, queues and callers share one process and its cores; orders are placed while claims
/// come in. Then half of the winners pay and half give up, until every claim has ended.
/// </remarks>
public static class DropBenchmark
{
    public const string Usage = "bench drop [--azurite] [--pieces N] [--members N] [--shards N] [--callers N]";

    private const int PaidOneIn = 2;
    private const int TicketsAtOnce = 10_000; // so that hardly any is too old when it is its turn
    private static readonly TimeSpan SettlingMax = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LoggedInFor = TimeSpan.FromMinutes(10); // less than a token lasts

    /// <returns>0 when as many were sold as there were, and nothing is left hanging.</returns>
    public static async Task<int> Run(DropOptions options, TextWriter output)
    {
        CommitCounter? commits = null;
        await using var weChat = new SandboxServer(MiniProgramApi.WeChatAt(port: 0), TimeProvider.System);
        await weChat.StartAsync(CancellationToken.None);
        await using var api = await MiniProgramApi.Start(
            change: services => services.AddSingleton(TimeProvider.System).AddSingleton<PartitionStore>(all =>
                commits = new CommitCounter(new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()))),
            runTriggers: true,
            weChat: (weChat, new HandClock()));
        var buyers = new Buyer[options.Members];
        await Parallel.ForAsync(0, buyers.Length, async (i, _) =>
            buyers[i] = new Buyer($"buyer-{i}", await api.LogIn($"buyer-{i}")));
        var saleId = await Publish(api, options);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Pieces} pieces in {options.Shards} shards, {options.Members} members, {options.Callers} callers"));

        var (seconds, conflicts) = (await Rush(buyers, saleId, options.Callers), commits!.Conflicts);
        var won = buyers.ToLookup(buyer => buyer.ClaimId is not null);
        Buyer[] winners = [.. won[true]];
        await ReportRush(
            output, seconds, [.. winners.Select(buyer => buyer.Ms)], [.. won[false].Select(buyer => buyer.Ms)], conflicts);
        var settling = Stopwatch.StartNew();
        var stuck = await Settle(api, winners, settling);
        var left = (await api.FlashSaleOf(saleId)).Whole("piecesLeft");
        var paid = winners.Count(winner => winner.State == "paid");
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"settled in {settling.Elapsed.TotalSeconds:F0} s: {paid} paid, {winners.Length - paid - stuck} returned, {stuck} stuck, {left} left"));
        var isRight = winners.Length == options.Pieces && stuck == 0 && left == options.Pieces - paid;
        await output.WriteLineAsync(isRight ? "exactly as many as there were" : "WRONG");
        return isRight ? 0 : 1;
    }

    private static async Task<string> Publish(MiniProgramApi api, DropOptions options)
    {
        var skuId = await api.Product(stock: options.Pieces);
        var sale = api.FlashSale(skuId, options.Pieces);
        sale["startsAt"] = DateTimeOffset.UtcNow.AddSeconds(-1);
        sale["endsAt"] = DateTimeOffset.UtcNow.AddHours(4);
        (sale["shards"], sale["isHot"], sale["payMinutes"]) = (options.Shards, true, 60);
        return await api.Publish(sale);
    }

    /// <summary>Every member takes a ticket and claims until there is an answer; how many seconds all claims took.</summary>
    private static async Task<double> Rush(Buyer[] buyers, string saleId, int callers)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = callers };
        var spent = 0.0;
        foreach (var crowd in buyers.Chunk(TicketsAtOnce))
        {
            await Parallel.ForEachAsync(
                crowd, parallel, (buyer, _) => buyer.TakeTicket(saleId));
            var start = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(crowd, parallel, (buyer, _) => buyer.Claim(saleId));
            spent += Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return spent;
    }

    /// <param name="seconds">In which all claims were answered.</param>
    /// <param name="winners">Milliseconds of each.</param>
    /// <param name="losers">Milliseconds of each.</param>
    internal static async Task ReportRush(
        TextWriter output, double seconds, double[] winners, double[] losers, long conflicts)
    {
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{(winners.Length + losers.Length) / seconds:F0} claims/s, {winners.Length / seconds:F0} won/s, "
            + $"{winners.Length} sold, {conflicts / (double)Math.Max(1, winners.Length):F3} conflicts for each"));
        await ReportTimes(output, "winners", winners);
        await ReportTimes(output, "losers", losers);
    }

    private static async Task ReportTimes(TextWriter output, string name, double[] times)
    {
        if (times.Length == 0) return;
        Array.Sort(times);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-8} {times.Length,7}   p50 {times[times.Length / 2]:F1} ms   p99 {times[times.Length * 99 / 100]:F1} ms"));
    }

    /// <returns>How many claims have not ended.</returns>
    private static async Task<int> Settle(MiniProgramApi api, Buyer[] winners, Stopwatch settling)
    {
        var number = 0;
        foreach (var winner in winners) winner.Pays = number++ % PaidOneIn == 0;
        while (settling.Elapsed < SettlingMax && winners.Any(winner => !winner.HasEnded))
        {
            await Parallel.ForEachAsync(winners.Where(winner => !winner.HasEnded), (winner, _) => winner.GoOn(api));
            await api.Sandbox.Pay.SendDue(CancellationToken.None);
            await Task.Delay(LookEvery);
        }

        return winners.Count(winner => !winner.HasEnded);
    }

    private sealed class Buyer(string name, Phone phone)
    {
        private long since = Stopwatch.GetTimestamp();
        private string ticket = "";
        private bool hasDecided;

        public string? ClaimId { get; private set; }

        public double Ms { get; private set; }

        public bool Pays { get; set; }

        public string State { get; private set; } = "";

        public bool HasEnded => State is "paid" or "returned";

        public async ValueTask TakeTicket(string saleId)
        {
            await StayLoggedIn();
            ticket = await phone.Ticket(saleId);
        }

        public async ValueTask Claim(string saleId)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await phone.Claim(saleId, ticket);
            Ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (answer.StatusCode is HttpStatusCode.Accepted)
            {
                ClaimId = (await answer.Json()).Text("claimId");
                return;
            }

            var code = await answer.Code();
            if (code == "flash_sale.sold_out") return;
            if (code != "flash_sale.ticket_needed") throw new InvalidOperationException($"{answer.StatusCode} {code}");
            await TakeTicket(saleId); // the last one was too old
            await Claim(saleId);
        }

        /// <summary>Looks what has become of the claim, and once there is an order pays it or gives it up.</summary>
        public async ValueTask GoOn(MiniProgramApi api)
        {
            await StayLoggedIn();
            var claim = await phone.ClaimOf(ClaimId!);
            State = claim.Text("state");
            if (hasDecided || State != "ordered") return;
            var orderId = claim.Text("orderId");
            if (Pays) api.Sandbox.Pay.Pay(await phone.Paying(orderId));
            else (await phone.Cancel(orderId)).EnsureSuccessStatusCode();
            hasDecided = true;
        }

        private async Task StayLoggedIn()
        {
            if (Stopwatch.GetElapsedTime(since) < LoggedInFor) return;
            phone = await phone.Api.LogIn(name);
            since = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>A store that counts the commits in drops that another one was ahead of.</summary>
    private sealed class CommitCounter(PartitionStore inner) : PartitionStore
    {
        private long conflicts;

        public long Conflicts => Interlocked.Read(ref conflicts);

        protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel) =>
            inner.Find(partition, row, cancel);

        protected override Task<Page> RangeCore(
            string partition, string from, string until, int limit, CancellationToken cancel) =>
            inner.Range(partition, from, until, limit, cancel);

        protected override async Task<CommitOutcome> CommitCore(
            string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
        {
            var outcome = await inner.Commit(partition, writes, cancel);
            if (outcome is CommitOutcome.Conflict && partition.StartsWith("f:", StringComparison.Ordinal))
                Interlocked.Increment(ref conflicts);
            return outcome;
        }
    }
}

/// <summary>How large a drop is.</summary>
public sealed record DropOptions(int Pieces = 10_000, int Members = 100_000, int Shards = 8, int Callers = 64)
{
    /// <returns>Null when it is not as <see cref="DropBenchmark.Usage"/> says.</returns>
    public static DropOptions? Of(string[] arguments)
    {
        if (arguments.Length % 2 != 0) return null;
        var options = new DropOptions();
        foreach (var pair in arguments.Chunk(2))
        {
            if (!int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            options = pair[0] switch
            {
                "--pieces" => options with { Pieces = number },
                "--members" => options with { Members = number },
                "--shards" => options with { Shards = number },
                "--callers" => options with { Callers = number },
                _ => null!,
            };
            if (options is null) return null;
        }

        return options;
    }
}

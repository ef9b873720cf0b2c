using System.Diagnostics;
using System.Net;
using Pond.FlashSales;
using Pond.Platform;
using Pond.Tests.FlashSales;
using Pond.Tests.Orders;
using Pond.Tests.Processes;
using Wish = Pond.Tests.Processes.Wish;

namespace Pond.Tests.Azure;

/// <summary>A crowd that comes to a drop of three processes, each member with a ticket, then with a claim.</summary>
internal sealed class DropRush
{
    /// <summary>So that hardly a ticket ends before it is its turn.</summary>
    private const int TicketsAtOnce = 200;

    private const string TooOld = "flash_sale.ticket_needed";

    private readonly ThreeProcesses three;
    private readonly string saleId;

    private DropRush(ThreeProcesses three, string saleId) => (this.three, this.saleId) = (three, saleId);

    /// <summary>Seconds in which claims were answered.</summary>
    public double Seconds { get; private set; }

    /// <summary>A drop of a new product that is open.</summary>
    public static async Task<DropRush> Publish(ThreeProcesses three, int pieces, int shards)
    {
        var (api, now) = (three.Onlooker, TimeProvider.System.GetUtcNow());
        var sale = api.FlashSale(await api.Product(stock: pieces), pieces);
        (sale["startsAt"], sale["endsAt"]) = (now.AddDays(-1), now.AddDays(1));
        (sale["shards"], sale["isHot"], sale["payMinutes"]) = (shards, true, 60);
        return new(three, await api.Publish(sale));
    }

    /// <summary>Every claim with its answer, and how long that took. Who comes too late with a ticket takes another.</summary>
    /// <param name="callers">So many ask at a time.</param>
    public async Task<(Wish Claim, double Ms)[]> Run(IReadOnlyList<Phone> crowd, int callers)
    {
        var all = new List<(Wish, double)>();
        foreach (var some in crowd.Chunk(TicketsAtOnce))
        {
            for (var waiting = some; waiting.Length > 0;)
            {
                var tickets = await Ask(waiting, _ => new { }, "tickets", callers);
                var start = Stopwatch.GetTimestamp();
                var claims = await Ask(
                    waiting, number => new { ticket = tickets[number].Wish.Answer.Text("ticket") }, "claims", callers);
                Seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
                all.AddRange(claims.Where(one => one.Wish.Code != TooOld));
                waiting = [.. waiting.Where((_, number) => claims[number].Wish.Code == TooOld)];
            }
        }

        return [.. all];
    }

    /// <summary>As many have a slot as there are pieces, each has another one, and each an order.</summary>
    public async Task AssertSoldOut(IReadOnlyList<Wish> claims, int pieces)
    {
        var got = claims.Where(claim => claim.Status is HttpStatusCode.Accepted).ToList();
        Assert.Equal(pieces, got.Count);
        Assert.All(claims.Except(got), claim => Assert.Equal("flash_sale.sold_out", claim.Code));
        SlotClaim[] kept =
        [
            .. (await three.BalancedBooks())
                .Where(row => row.Partition.StartsWith($"f:{saleId}:", StringComparison.Ordinal)
                    && row.Key.StartsWith("claim:", StringComparison.Ordinal))
                .Select(row => Stored.Read<SlotClaim>(row.Data)),
        ];
        Assert.Equal(got.Select(claim => claim.Answer.Text("claimId")).Order(), kept.Select(claim => claim.Id).Order());
        Assert.Distinct(kept.Select(claim => claim.Slot));
        Assert.All(kept, claim => Assert.Equal(SlotClaimState.Ordered, claim.State));
    }

    private async Task<(Wish Wish, double Ms)[]> Ask(
        Phone[] crowd, Func<int, object> body, string what, int callers)
    {
        var asked = new (Wish Wish, double Ms)[crowd.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = callers };
        await Parallel.ForAsync(0, crowd.Length, parallel, async (number, _) =>
        {
            var (phone, start) = (crowd[number], Stopwatch.GetTimestamp());
            var wish = new Wish(
                phone.MemberId, phone.AccessToken, $"/api/flash-sales/{saleId}/{what}", body(number));
            await wish.SendUntilAnswered(three.Fleet.Next);
            asked[number] = (wish, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        });
        return asked;
    }
}

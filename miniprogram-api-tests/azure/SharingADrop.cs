using System.Diagnostics;
using System.Globalization;
using System.Net;
using Pond.FlashSales;
using Pond.Platform;
using Pond.Tests.FlashSales;
using Pond.Tests.Orders;
using Pond.Tests.Processes;
using Xunit.Abstractions;
using Wish = Pond.Tests.Processes.Wish;

namespace Pond.Tests.Azure;

[Collection(nameof(ThreeProcesses)), Rule("FLS-03")]
public sealed class SharingADrop(ThreeProcesses three, ITestOutputHelper output)
{
    private const int Pieces = 40;
    private const int Buyers = 150; // so that no ticket ends before it is its turn, also on a slow machine

    [Theory, InlineData(1), InlineData(4)]
    public async Task A_crowd_at_three_processes_gets_exactly_the_forty_pieces_and_an_order_for_each(int shards)
    {
        var (crowd, saleId) = ((await three.Crowd())[..Buyers], await Publish(shards));
        var tickets = await Ask(crowd, _ => new { }, $"/api/flash-sales/{saleId}/tickets");

        var watch = Stopwatch.StartNew();
        var claims = await Ask(
            crowd, number => new { ticket = tickets[number].Answer.Text("ticket") }, $"/api/flash-sales/{saleId}/claims");
        Report(claims, watch.Elapsed.TotalSeconds, shards);

        var got = claims.Where(claim => claim.Status is HttpStatusCode.Accepted).ToList();
        Assert.Equal(Pieces, got.Count);
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

    private async Task<Wish[]> Ask(Phone[] crowd, Func<int, object> body, string path)
    {
        Wish[] wishes =
            [.. crowd.Select((phone, number) => new Wish(phone.MemberId, phone.AccessToken, path, body(number)))];
        await Task.WhenAll(wishes.Select(wish => wish.SendUntilAnswered(three.Fleet.Next)));
        return wishes;
    }

    private async Task<string> Publish(int shards)
    {
        var (api, now) = (three.Onlooker, TimeProvider.System.GetUtcNow());
        var sale = api.FlashSale(await api.Product(stock: Pieces), Pieces);
        (sale["startsAt"], sale["endsAt"]) = (now.AddDays(-1), now.AddDays(1));
        (sale["shards"], sale["isHot"], sale["payMinutes"]) = (shards, true, 60);
        return await api.Publish(sale);
    }

    private void Report(Wish[] claims, double seconds, int shards)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{claims.Length} claims of a drop at once at {Fleet.Size} processes, {shards} shards: {claims.Length / seconds:F0} answers/s");
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using Pond.Coupons;
using Pond.Platform;
using Pond.Tests.Processes;
using Xunit.Abstractions;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Azure;

[Collection(nameof(ThreeProcesses))]
public sealed class SharingTheStock(ThreeProcesses three, ITestOutputHelper output)
{
    private const int Stock = 100;

    [Theory, InlineData(1), InlineData(4)]
    public async Task Three_hundred_claims_at_once_at_three_processes_get_exactly_the_hundred_coupons(int shards)
    {
        var crowd = await three.Crowd();
        var templateId = await three.Publish(Stock, shards: shards);

        var claims = await ClaimAtOnce(crowd, templateId);

        var got = claims.Where(claim => claim.Status is HttpStatusCode.Accepted).ToList();
        Assert.Equal(Stock, got.Count);
        Assert.All(claims.Except(got), claim => Assert.Equal("coupon.sold_out", claim.Code));
        Assert.Equal((Stock, 0), await three.Onlooker.StockOf(templateId));
        Assert.Equal(got.Select(claim => claim.Answer.Text("couponId")).Order(), await CouponsInWallets(templateId));
    }

    [Fact]
    public async Task Nobody_is_told_sold_out_when_there_are_as_many_coupons_as_claims()
    {
        var crowd = (await three.Crowd())[..Stock];
        var templateId = await three.Publish(Stock, shards: 4);

        var claims = await ClaimAtOnce(crowd, templateId);

        Assert.All(claims, claim => Assert.Equal(HttpStatusCode.Accepted, claim.Status));
        Assert.Equal(Stock, (await CouponsInWallets(templateId)).Count);
    }

    private async Task<List<Wish>> ClaimAtOnce(Phone[] crowd, string templateId)
    {
        var claims = crowd.Select(phone => new Wish(phone.MemberId, phone.AccessToken, ClaimsOf(templateId))).ToList();
        var watch = Stopwatch.StartNew();
        var sends = await Task.WhenAll(claims.Select(claim => claim.SendUntilAnswered(three.Fleet.Next)));
        var perSecond = claims.Count / watch.Elapsed.TotalSeconds;

        var shards = (await three.BalancedBooks()).Where(row => row.Partition.StartsWith(
            TemplateRows.Partition(templateId) + ":", StringComparison.Ordinal)).ToList();
        Report(string.Create(
            CultureInfo.InvariantCulture,
            $"{claims.Count} claims at once at {Fleet.Size} processes, {shards.Count(row => row.Key == ShardRows.Head)} "
            + $"shards: {perSecond:F0} answers/s, {sends.Sum() - sends.Length} sent again, "
            + $"{shards.Count(row => row.Key.StartsWith("op:Borrow:", StringComparison.Ordinal))} times slots were lent"));
        return claims;
    }

    /// <summary>Those of the template in all wallets.</summary>
    private async Task<IReadOnlyList<string>> CouponsInWallets(string templateId) =>
    [
        .. (await three.Account.Rows())
            .Where(row => row.Key.StartsWith(WalletRows.Prefix + ":", StringComparison.Ordinal))
            .Select(row => Stored.Read<Coupon>(row.Data))
            .Where(coupon => coupon.Terms.TemplateId == templateId)
            .Select(coupon => coupon.Id)
            .Order(),
    ];

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}

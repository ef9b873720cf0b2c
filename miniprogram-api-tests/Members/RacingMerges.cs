using System.Net;
using Pond.Tests.Coupons;
using Pond.Tests.Points;
using Pond.Tests.Processes;

namespace Pond.Tests.Members;

/// <summary>Merges while everything else goes on.</summary>
[Rule("AUTH-10")]
public sealed class RacingMerges : IAsyncLifetime
{
    private static readonly HttpStatusCode[] Fit =
    [
        HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Accepted,
        HttpStatusCode.Unauthorized, HttpStatusCode.Conflict, HttpStatusCode.ServiceUnavailable,
    ];

    private MiniProgramApi api = null!;
    private Phone older = null!;
    private Phone younger = null!;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        (older, younger) = await api.LogInTwice("older", "younger", "13800092001");
        (await younger.BindPhone("younger", "13800092002")).EnsureSuccessStatusCode();
        api.Sandbox.Shoppers.GivePhone("younger", "13800092001"); // each can prove the other's number
        api.Sandbox.Shoppers.GivePhone("older", "13800092002");
        await api.Give(older, 100);
        await api.Give(younger, 50);
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task Fifty_merges_at_once_by_both_sides_are_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            i % 2 == 0 ? older.Merge("older") : younger.Merge("younger")));
        await api.Deliver();

        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, Fit));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        await AssertOne(points: 150, coupons: 0);
        Assert.Equal(2, (await older.Entries()).Length);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task Amid_spends_claims_and_check_ins_no_point_and_no_coupon_is_lost_or_doubled(int seed)
    {
        var templateId = await api.PublishTemplate(stock: 60, perMember: 20, shards: 2);
        await api.Deliver();
        Func<Task<HttpResponseMessage>>[] merges = [() => older.Merge("older"), () => younger.Merge("younger")];
        var spends = Calls(phone => api.Operator().PostUntilAnswered(
            "/api/operator/points-adjustments", new { memberId = phone.MemberId, points = -3, reason = "到店兑换" }));
        var claims = Calls(phone => phone.PostUntilAnswered(CouponSteps.ClaimsOf(templateId)));
        var checkIns = Calls(phone => phone.PostUntilAnswered("/api/me/check-ins"));
        Func<Task<HttpResponseMessage>>[] all = [.. merges, .. spends, .. claims, .. checkIns];
        new Random(seed).Shuffle(all);

        var running = all.ToDictionary(call => call, call => Task.Run(call));
        await Task.WhenAll([.. running.Values, api.Deliver()]);
        await older.Merge("older"); // should both have come too early or too late
        await api.Deliver();

        Assert.All(running.Values, answer => Assert.Contains(answer.Result.StatusCode, Fit));
        int Count(Func<Task<HttpResponseMessage>>[] calls) =>
            calls.Count(call => running[call].Result.IsSuccessStatusCode);
        await AssertOne(150 - (3 * Count(spends)) + (5 * Count(checkIns)), Count(claims));
    }

    private Func<Task<HttpResponseMessage>>[] Calls(Func<Phone, Task<HttpResponseMessage>> call) =>
        [.. Enumerable.Range(0, 16).Select(i => (Func<Task<HttpResponseMessage>>)(() => call(i % 2 == 0 ? older : younger)))];

    private async Task AssertOne(long points, int coupons)
    {
        Assert.Equal(older.MemberId, (await api.LogIn("younger")).MemberId);
        Assert.Equal(points, await older.SpendablePoints());
        Assert.Equal(coupons, (await older.AllPages("/api/me/coupons", 100)).Length);
        Books.AssertBalanced(StoredRow.All(api));
    }
}

using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Shares;
using Pond.Tests.Members;
using Pond.Tests.Orders;
using Pond.Tests.Products;

namespace Pond.Tests.Shares;

/// <summary>Who has opened what somebody shared.</summary>
[Rule("REF-02")]
public sealed class OpeningShares(SharedApi app) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact]
    public async Task Each_is_counted_once_a_day_and_the_sharer_alone_sees_how_many()
    {
        var (sharer, one, other) = (await app.Newcomer(), await app.Newcomer(), await app.Newcomer());
        var token = await sharer.ShareToken("product", await Product());

        for (var time = 0; time < 3; time++) foreach (var viewer in new[] { one, other }) await Open(viewer, token);
        await Open(sharer, token); // their own does not count
        await api.DeliverThrice(seed: 5);
        Assert.Equal(2, (await sharer.Landing(token)).Whole("opens"));

        api.Clock.Advance(TimeSpan.FromDays(1));
        (sharer, one) = (await sharer.Refreshed(), await one.Refreshed());
        await Open(one, token);
        await api.Deliver();
        Assert.Equal(3, (await sharer.Landing(token)).Whole("opens"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await one.Landing(token)).GetProperty("opens").ValueKind);
    }

    [Fact]
    [Rule("AUTH-11")]
    public async Task What_a_member_has_opened_first_and_last_is_theirs_to_take_along()
    {
        var (sharer, viewer) = (await app.Newcomer(), await app.Newcomer());
        var (first, second) = (await sharer.ShareToken("product", await Product()), await sharer.InviteCode());

        foreach (var token in new[] { first, second, first, second }) await Open(viewer, token);

        var account = (await (await viewer.Get("/api/me/export")).Json()).GetProperty("accounts")[0];
        var trail = Assert.Single(account.GetProperty("shareTrail").EnumerateArray());
        Assert.Equal((first, second), (trail.Text("firstToken"), trail.Text("lastToken")));
        Assert.Equal([1, 1], account.GetProperty("shareOpenings").EnumerateArray().Select(opening => opening.Whole("days")));
    }

    [Fact]
    [Rule("INV-03")]
    public async Task A_look_writes_nothing()
    {
        var (sharer, viewer) = (await app.Newcomer(), await app.Newcomer());
        var token = await sharer.ShareToken("product", await Product());
        await api.Deliver();
        var before = StoredRow.All(api).Count;

        await viewer.Landing(token);

        Assert.Equal(before, StoredRow.All(api).Count);
    }

    [Fact]
    public async Task What_was_not_shared_cannot_be_opened() =>
        Assert.Equal("share.missing", await (await (await app.Newcomer()).Post("/api/shares/nothing/opens")).Code());

    [Fact]
    public void Through_any_history_the_first_stays_and_a_day_counts_once() => Prop.ForAll(
        (from count in Gen.Choose(1, 20)
         from all in (from token in Gen.Choose(0, 2) from hours in Gen.Choose(0, 30) select (token, hours)).ArrayOf(count)
         select all).ToArbitrary(),
        history =>
        {
            var (rows, now, counted) = (new LayoutRows(), HandClock.Start, new List<(int, ChinaDay)>());
            rows.Put(MemberRows.Head, new MemberStanding("m", MemberStatus.Active));
            foreach (var (token, hours) in history)
            {
                now += TimeSpan.FromHours(hours);
                var facts = rows.Run(OpenRows.Of("m", $"t{token}"), desk => OpenRules.Open(desk, $"t{token}", now)).Facts;
                counted.AddRange(facts.Where(fact => fact.IsCounted).Select(_ => (token, ChinaDay.Of(now))));
            }

            var trail = rows.State(OpenRows.Of("m", "t0")).Trail!;
            return counted.Distinct().Count() == counted.Count && !rows.HasClash
                && trail.FirstToken == $"t{history[0].token}" && trail.LastToken == $"t{history[^1].token}";
        }).CheckThoroughly();

    private static async Task Open(Phone viewer, string token) =>
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Post($"/api/shares/{token}/opens")).StatusCode);

    private async Task<string> Product() => ProductSteps.SpuOf(await api.Sell(stock: 5));
}

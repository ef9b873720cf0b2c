using System.Net;
using Pond.Reminders;
using Pond.Tests.Activities;
using Pond.Tests.Bargains;
using Pond.Tests.FlashSales;
using Pond.Tests.GroupBuys;
using Pond.Tests.Members;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;
using Pond.Touches;

namespace Pond.Tests.Reminders;

/// <summary>A member asks to hear when something begins.</summary>
[Rule("TCH-06")]
public sealed class AskingForOpenings : IAsyncLifetime
{
    private const string Path = "/api/me/promotion-reminders";

    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);

    private HeardTouches touches = null!;
    private MiniProgramApi api = null!;
    private Phone alice = null!;

    public async Task InitializeAsync()
    {
        touches = await HeardTouches.Start();
        api = touches.Api;
        alice = await api.LogIn("alice");
    }

    public async Task DisposeAsync() => await touches.DisposeAsync();

    [Fact]
    public async Task Each_kind_is_told_of_ten_minutes_before_it_begins_and_leads_there()
    {
        var later = HandClock.Start + Soon;
        var flash = await api.Drop(startsIn: Soon);
        var bargain = await api.PublishBargain(api.Bargain(await api.Product(100_000)).With("startsAt", later));
        var group = (await api.GroupBuy(body => body["startsAt"] = later)).ActivityId;

        foreach (var (kind, id, page) in new[]
        {
            ("flashSale", flash, $"pages/flash-sales/detail?id={flash}"),
            ("bargain", bargain, $"pages/bargains/activity?id={bargain}"),
            ("groupBuy", group, $"pages/group-buys/detail?id={group}"),
        })
        {
            var answer = await Ask(kind, id);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            var said = await answer.Json();
            Assert.Equal(
                (kind, later.AddMinutes(-10)), (said.Text("kind"), said.GetProperty("remindAt").GetDateTimeOffset()));
            var touch = Assert.Single(touches.Of(Occasion.PromotionOpening), one => one.PromotionId == id);
            Assert.Equal((alice.MemberId, page, later.AddMinutes(-10)), (touch.MemberId, touch.Page, touch.NotBefore));
            Assert.True(await touches.Stands(touch));
        }
    }

    [Fact]
    public async Task The_same_wish_again_is_the_same_and_under_its_key_so_is_the_answer()
    {
        var (flash, key) = (await api.Drop(startsIn: Soon), Phone.NewKey());
        var first = await Ask("flashSale", flash, key);
        var (again, anew) = (await Ask("flashSale", flash, key), await Ask("flashSale", flash));

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Created, anew.StatusCode);
        Assert.Single(touches.Of(Occasion.PromotionOpening));
        var another = await api.Drop(startsIn: Soon);
        Assert.Equal("idempotency.key_reused", await (await Ask("flashSale", another, key)).Code());
    }

    [Fact]
    public async Task What_is_paused_or_ended_meanwhile_is_not_told_of()
    {
        var flash = await api.Drop(startsIn: Soon);
        (await Ask("flashSale", flash)).EnsureSuccessStatusCode();
        var touch = Assert.Single(touches.Of(Occasion.PromotionOpening));

        await api.Turn(flash, "paused");
        Assert.False(await touches.Stands(touch));
        await api.Turn(flash, "published");
        Assert.True(await touches.Stands(touch));
        await api.Turn(flash, "ended");
        Assert.False(await touches.Stands(touch));
        Assert.Equal("activity.over", await (await Ask("flashSale", flash)).Code());
    }

    [Fact]
    public async Task What_is_open_is_not_there_or_is_of_another_kind_cannot_be_waited_for()
    {
        var open = await api.Drop();
        var answer = await Ask("flashSale", open);
        Assert.Equal((HttpStatusCode.Conflict, "reminder.is_open"), (answer.StatusCode, await answer.Code()));
        Assert.Equal("activity.missing", await (await Ask("bargain", open)).Code());
        Assert.Equal("activity.missing", await (await Ask("flashSale", "nothing")).Code());
        Assert.Equal(HttpStatusCode.BadRequest, (await Ask("lottery", open)).StatusCode);
        Assert.Empty(touches.Of(Occasion.PromotionOpening));
    }

    [Fact]
    public void A_member_waits_for_so_many_at_once()
    {
        var rows = new LayoutRows();
        rows.Put("member", new Pond.Members.MemberStanding("m", Pond.Members.MemberStatus.Active));
        for (var i = 0; i <= OpeningRules.OpeningsMax; i++)
        {
            var opening = new Opening(Pond.Activities.ActivityKind.FlashSale, $"a{i}", HandClock.Start.AddHours(1));
            var refusal = rows.Run(OpeningRows.Of("m"), state => OpeningRules.Ask(state, opening, "秒杀", HandClock.Start)).Refusal;
            Assert.Equal(i < OpeningRules.OpeningsMax ? null : OpeningRefusals.TooMany, refusal);
        }

        var next = new Opening(Pond.Activities.ActivityKind.FlashSale, "next", HandClock.Start.AddHours(5));
        var later = HandClock.Start.AddHours(2);
        Assert.Null(rows.Run(OpeningRows.Of("m"), state => OpeningRules.Ask(state, next, "秒杀", later)).Refusal);
        Assert.Equal([next], rows.Under<Opening>(OpeningRows.Prefix)); // what has begun is forgotten
    }

    [Fact, Rule("AUTH-10")]
    public async Task When_accounts_become_one_the_other_waits_for_it()
    {
        var (older, younger) = await api.LogInTwice("older", "younger", "13800090051");
        var flash = await api.Drop(startsIn: Soon);
        (await younger.Post(Path, new { kind = "flashSale", objectId = flash })).EnsureSuccessStatusCode();
        (await younger.Merge("younger")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal(
            [younger.MemberId, older.MemberId],
            touches.Of(Occasion.PromotionOpening).OrderBy(touch => touch.MemberId != younger.MemberId).Select(touch => touch.MemberId));
    }

    private Task<HttpResponseMessage> Ask(string kind, string id, string? key = null) =>
        alice.Post(Path, new { kind, objectId = id }, key);
}

using System.Net;
using Pond.Tests.Operators;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;
using static Pond.Tests.Bargains.BargainSteps;

namespace Pond.Tests.Bargains;

/// <summary>What marketing can offer, and what nobody may.</summary>
public sealed class DraftingBargains(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    public static TheoryData<string, object?, string> Refused => new()
    {
        { "cuts", 51, "bargain.endless" },
        { "isCountHidden", true, "bargain.count_hidden" },
        { "condition", "share", "bargain.forced_sharing" },
        { "condition", "follow", "bargain.forced_sharing" },
        { "details", "分享到群后才能帮忙砍价，分享后多砍一刀。", "bargain.forced_sharing" },
        { "name", "关注后再砍", "bargain.forced_sharing" },
        { "details", "好礼不断", "request.invalid" },
        { "startFen", 4_001, "bargain.above_list" },
        { "startFen", 1_002, "bargain.too_little" },
        { "floorFen", 0, "request.invalid" },
        { "floorFen", 4_000, "activity.not_a_sale" },
        { "floorFen", 3_999, "bargain.too_little" },
        { "skuId", "no-such-sku", "activity.not_a_sale" },
        { "shareMinBp", 5_001, "bargain.bad_shares" },
        { "shareMaxBp", 9_001, "request.invalid" },
        { "hours", 169, "request.invalid" },
        { "cuts", 0, "request.invalid" },
        { "endsAt", HandClock.Start.AddDays(-9), "activity.bad_window" },
        { "mode", "lottery", "request.malformed" },
    };

    [Theory, MemberData(nameof(Refused)), Rule("BRG-02")]
    public async Task What_wechat_forbids_and_what_makes_no_sense_is_refused_by_name(
        string field, object? value, string code)
    {
        var body = api.Bargain(await api.Product()).With(field, value);

        var created = await api.Operator().Post(BargainsPath, body);
        var previewed = await api.Operator().Post($"{BargainsPath}/preview", body);

        Assert.Equal(HttpStatusCode.BadRequest, created.StatusCode);
        Assert.Equal((code, code), (await created.Code(), await previewed.Code()));
    }

    [Fact, Rule("BRG-01")]
    public async Task A_preview_shows_what_shoppers_will_see_and_what_to_think_over_and_changes_nothing()
    {
        var body = api.Bargain(await api.Product(), cuts: 30, mode: "buyAnyTime", pieces: 2)
            .With("floorFen", 100).With("shareMaxBp", 8_000).With("attemptsPerMember", 5);
        var before = StoredRow.AllButHints(api);

        var shown = await (await api.Operator().Post($"{BargainsPath}/preview", body)).Json();

        Assert.Equal(before, StoredRow.AllButHints(api));
        Assert.Equal(
            ["low_floor", "many_cuts", "steep", "any_time", "few_pieces"],
            shown.GetProperty("warnings").EnumerateArray().Select(one => one.Text("code")));
        var bargain = shown.GetProperty("bargain");
        Assert.Equal((30, 4_000, 100), (bargain.Whole("cuts"), bargain.Whole("startFen"), bargain.Whole("floorFen")));
        Assert.Contains("共砍 30 次", bargain.Text("rule"));
    }

    [Fact, Rule("BRG-01")]
    public async Task Before_the_first_cut_everybody_reads_how_many_it_takes_the_rule_and_what_is_left()
    {
        var id = await api.PublishBargain(api.Bargain(await api.Product(stock: 5), cuts: 7, pieces: 4));

        var listed = (await (await api.Http.GetAsync("/api/bargains")).Json()).Items()
            .Single(one => one.Text("activityId") == id);
        var shown = (await (await (await shared.Newcomer()).Get($"/api/bargains/{id}")).Json()).GetProperty("bargain");

        foreach (var one in new[] { listed, shown })
        {
            Assert.Equal((7, 4, 4), (one.Whole("cuts"), one.Whole("pieces"), one.Whole("piecesLeft")));
            Assert.Contains("共砍 7 次", one.Text("rule"));
            Assert.Contains("¥10.00", one.Text("rule"));
        }
    }

    [Fact]
    public async Task A_draft_is_nobody_s_to_see_and_one_that_is_over_begins_nothing()
    {
        var phone = await shared.Newcomer();
        var id = await api.DraftBargain(api.Bargain(await api.Product()));

        Assert.Equal("activity.missing", await (await phone.Get($"/api/bargains/{id}")).Code());
        Assert.Equal("activity.missing", await (await phone.Post(AttemptsOf(id))).Code());

        (await api.MoveActivity(id, "published")).EnsureSuccessStatusCode();
        (await api.MoveActivity(id, "paused")).EnsureSuccessStatusCode();
        Assert.Equal("activity.paused", await (await phone.Post(AttemptsOf(id))).Code());

        (await api.MoveActivity(id, "ended")).EnsureSuccessStatusCode();
        Assert.Equal("activity.over", await (await phone.Post(AttemptsOf(id))).Code());
        Assert.DoesNotContain(
            (await (await api.Http.GetAsync("/api/bargains")).Json()).Items(), one => one.Text("activityId") == id);
    }

    [Fact]
    public async Task The_same_wish_again_drafts_one_bargain_and_only_marketing_drafts()
    {
        var (body, key) = (api.Bargain(await api.Product()), Phone.NewKey());
        var first = await (await api.Operator().Post(BargainsPath, body, key)).Json();
        var again = await (await api.Operator().Post(BargainsPath, body, key)).Json();
        var service = await api.OperatorWith("service");

        Assert.Equal(first.Text("activityId"), again.Text("activityId"));
        Assert.Equal(HttpStatusCode.Forbidden, (await service.Post(BargainsPath, body)).StatusCode);
    }
}

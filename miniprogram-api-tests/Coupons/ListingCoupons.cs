using System.Net;
using System.Text.Json;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Coupons;

public sealed class ListingCoupons
{
    [Fact]
    public async Task The_catalogue_shows_what_is_published_and_not_closed_in_the_order_in_which_it_closes()
    {
        await using var api = await MiniProgramApi.Start();
        var inThreeDays = await Template(api, daysOpen: 3, "published");
        var tomorrow = await Template(api, daysOpen: 1, "published");
        var inTwoDays = await Template(api, daysOpen: 2, "published");
        await Template(api, daysOpen: 2);
        await Template(api, daysOpen: 2, "published", "paused");
        await Template(api, daysOpen: 2, "published", "ended");
        await api.Deliver();

        Assert.Equal([tomorrow, inTwoDays, inThreeDays], await Catalogue(api));
        api.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal([inTwoDays, inThreeDays], await Catalogue(api));
        api.Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        Assert.Equal([inThreeDays], await Catalogue(api));
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await Catalogue(api));
    }

    [Fact]
    public async Task Operators_see_every_template_whatever_its_state()
    {
        await using var api = await MiniProgramApi.Start();
        string[] ids =
            [await Template(api, 1), await Template(api, 2, "published"), await Template(api, 3, "archived")];
        await api.Deliver();

        var templates = await api.Operator().AllPages("/api/operator/coupon-templates", pageSize: 2);

        Assert.Equal(ids, templates.Select(template => template.GetProperty("offer").Text("templateId")));
    }

    [Fact]
    public async Task A_list_read_in_pages_of_any_size_shows_everything_once()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");
        var coupons = new List<string>();
        for (var days = 1; days <= 7; days++)
        {
            var claim = await alice.Post(ClaimsOf(await Template(api, days, "published")));
            coupons.Add((await claim.Json()).Text("couponId"));
        }

        await api.Deliver();
        var all = Ids(await alice.AllPages("/api/me/coupons", 100));
        Assert.Equal(coupons.Order(StringComparer.Ordinal), all);
        for (var pageSize = 1; pageSize <= 8; pageSize++)
        {
            Assert.Equal(all, Ids(await alice.AllPages("/api/me/coupons", pageSize)));
            Assert.Equal(7, (await alice.AllPages("/api/coupons", pageSize)).Length);
            Assert.Equal(7, (await api.Operator().AllPages("/api/operator/coupon-templates", pageSize)).Length);
        }
    }

    [Theory]
    [InlineData("limit=0", "paging.limit"), InlineData("limit=101", "paging.limit"),
        InlineData("limit=x", "paging.limit")]
    [InlineData("limit=1&limit=2", "paging.limit"), InlineData("cursor=%21", "paging.cursor")]
    [InlineData("cursor=bWVtYmVy", "paging.cursor")] // "member": a row outside the wallet
    public async Task A_limit_or_cursor_that_is_not_ours_is_refused(string query, string code)
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");

        var answer = await alice.Get("/api/me/coupons?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, await answer.Code());
    }

    [Fact]
    public async Task A_cursor_shows_a_member_nothing_of_another_s()
    {
        await using var api = await MiniProgramApi.Start();
        var (alice, bob) = (await api.LogIn("alice"), await api.LogIn("bob"));
        for (var days = 1; days <= 2; days++) await alice.Post(ClaimsOf(await Template(api, days, "published")));
        await api.Deliver();
        var cursor = (await (await alice.Get("/api/me/coupons?limit=1")).Json()).Text("next");

        Assert.Empty((await (await bob.Get($"/api/me/coupons?limit=1&cursor={cursor}")).Json()).Items());
    }

    private static string[] Ids(JsonElement[] coupons) => [.. coupons.Select(coupon => coupon.Text("couponId"))];

    private static async Task<string[]> Catalogue(MiniProgramApi api)
    {
        var offers = await (await api.Http.GetAsync("/api/coupons")).Json();
        return [.. offers.Items().Select(offer => offer.Text("templateId"))];
    }

    private static async Task<string> Template(MiniProgramApi api, int daysOpen, params string[] states)
    {
        var template = Some.Template();
        template["claimUntil"] = HandClock.Start.AddDays(daysOpen);
        template["validDays"] = daysOpen;
        var drafted = await api.Operator().Post("/api/operator/coupon-templates", template);
        var templateId = (await drafted.Json()).GetProperty("offer").Text("templateId");
        foreach (var state in states) (await api.ChangeTemplate(templateId, state)).EnsureSuccessStatusCode();
        return templateId;
    }
}

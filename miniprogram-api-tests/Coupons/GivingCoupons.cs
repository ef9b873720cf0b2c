using System.Net;
using Pond.Coupons;
using Pond.Members;
using Pond.Platform;
using Pond.Tests.Members;
using Pond.Tests.Processes;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Coupons;

[Rule("CPN-08")]
public sealed class GivingCoupons : IAsyncLifetime
{
    private MiniProgramApi api = null!;
    private Phone alice = null!;
    private string couponId = null!;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        alice = await api.LogIn("alice");
        couponId = await Claimed(alice, transferable: true);
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task A_friend_gets_the_coupon_and_cannot_give_it_on()
    {
        var bob = await api.LogIn("bob");
        var key = Phone.NewKey();
        var offered = await alice.Post(GiftsOf(couponId), key: key);
        var again = await alice.Post(GiftsOf(couponId), key: key);
        var token = (await offered.Json()).Text("token");

        var accepted = await bob.Post(AcceptancesOf(token));
        await api.Deliver();

        Assert.Equal(HttpStatusCode.Created, offered.StatusCode);
        Assert.InRange(token.Length, 1, 32);
        Assert.Equal(await offered.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("2026-03-03T12:00:00+08:00", (await offered.Json()).Text("until"));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Empty(await Wallet(alice));
        var coupon = Assert.Single(await Wallet(bob));
        Assert.Equal((couponId, "issued", false),
            (coupon.Text("couponId"), coupon.Text("state"), coupon.GetProperty("isTransferable").GetBoolean()));
        Assert.Equal("coupon.not_transferable", await (await bob.Post(GiftsOf(couponId))).Code());
        Assert.Equal("coupon.given", await (await alice.Post(GiftsOf(couponId))).Code());
        Assert.Equal("coupon.gift_taken", await (await alice.Delete(GiftsOf(couponId))).Code());
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Theory, InlineData("frozen"), InlineData("banned")]
    [Rule("AUTH-03")]
    public async Task A_giver_who_was_stopped_since_gives_nothing_more(string status)
    {
        var token = await Offer();
        await api.SetStatus(alice.MemberId, status);

        Assert.Equal("coupon.gift_over", await (await (await api.LogIn("bob")).Post(AcceptancesOf(token))).Code());
    }

    [Fact]
    [Rule("AUTH-10")]
    public async Task A_coupon_that_one_account_gave_to_the_other_stays_when_they_become_one_also_before_the_giver_hears_of_it()
    {
        await Offer();
        var row = StoredRow.All(api).Single(row => row.Key == WalletRows.Row(couponId));
        var offered = Stored.Read<Coupon>(row.Data);
        var giver = new WalletCoupon(new MemberStanding(alice.MemberId, MemberStatus.Active), offered, Hold: null);

        var back = MovingRules.Receive(giver, offered with { State = CouponState.Issued, IsReceived = true });
        var after = back.Facts.Aggregate(giver, CouponRules.Evolve);
        var heard = GiftRules.Settle(
            after, new GiftEndedV1(alice.MemberId, couponId, offered.GiftId!, IsGiven: true, HandClock.Start), HandClock.Start);

        Assert.Equal(CouponState.Issued, after.Coupon!.State);
        Assert.Empty(heard.Facts);
    }

    [Fact]
    public async Task Of_a_hundred_friends_at_once_one_gets_it()
    {
        var token = await Offer();
        var friends = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => api.LogIn($"friend-{i}")));

        var answers = await Task.WhenAll(friends.Select(friend => friend.PostUntilAnswered(AcceptancesOf(token))));
        await api.Deliver();
        var codes = await Task.WhenAll(answers.Select(answer => answer.Code()));
        var wallets = await Task.WhenAll(friends.Select(Wallet));

        Assert.Single(codes, code => code is null);
        Assert.Equal(99, codes.Count(code => code == "coupon.gift_taken"));
        Assert.Single(wallets.SelectMany(wallet => wallet));
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact]
    public async Task Of_fifty_friends_and_fifty_cancellations_at_once_all_find_one_end()
    {
        var token = await Offer();
        var friends = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => api.LogIn($"friend-{i}")));

        var taking = Task.WhenAll(friends.Select(friend => friend.PostUntilAnswered(AcceptancesOf(token))));
        var cancelling = Task.WhenAll(friends.Select(_ => alice.Delete(GiftsOf(couponId))));
        var taken = (await taking).Count(answer => answer.StatusCode == HttpStatusCode.Accepted);
        var back = (await cancelling).Count(answer => answer.StatusCode == HttpStatusCode.NoContent);
        await api.Deliver();

        Assert.Equal(taken == 1 ? 0 : 50, back);
        Assert.Equal(1 - taken, (await Wallet(alice)).Length);
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact]
    public async Task What_nobody_takes_in_time_comes_back_and_can_be_given_again()
    {
        var token = await Offer();
        await LaterBy(GiftRules.Lifetime);

        var late = await (await api.LogIn("bob")).Post(AcceptancesOf(token));
        await Sweep();
        alice = await api.LogIn("alice");

        Assert.Equal("coupon.gift_over", await late.Code());
        Assert.Equal("issued", Assert.Single(await Wallet(alice)).Text("state"));
        Assert.NotEqual(token, await Offer());
        await api.Deliver();
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact]
    public async Task Fifty_friends_at_the_deadline_and_the_sweep_find_one_end()
    {
        var token = await Offer();
        await LaterBy(GiftRules.Lifetime - TimeSpan.FromSeconds(1));
        var friends = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => api.LogIn($"friend-{i}")));

        var taking = Task.WhenAll(friends.Select(friend => friend.PostUntilAnswered(AcceptancesOf(token))));
        api.Clock.Advance(TimeSpan.FromMinutes(2));
        await Sweep();
        var taken = (await taking).Count(answer => answer.StatusCode == HttpStatusCode.Accepted);
        await Sweep();

        Assert.Equal(1 - taken, (await Wallet(await api.LogIn("alice"))).Length);
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact]
    public async Task An_offered_coupon_can_neither_be_offered_again_nor_frozen_and_comes_back_when_it_is_cancelled()
    {
        var token = await Offer();
        var freeze = await api.Operator().Put(
            $"/api/operator/members/{alice.MemberId}/coupons/{couponId}/state",
            new { state = "frozen", reason = "异常领券" });

        Assert.Equal("coupon.gifting", await (await alice.Post(GiftsOf(couponId))).Code());
        Assert.Equal("coupon.gifting", await freeze.Code());
        Assert.Equal("gifting", Assert.Single(await Wallet(alice)).Text("state"));
        Assert.Equal(HttpStatusCode.NoContent, (await alice.Delete(GiftsOf(couponId))).StatusCode);
        await api.Deliver();
        Assert.Equal("issued", Assert.Single(await Wallet(alice)).Text("state"));
        Assert.Equal(HttpStatusCode.NoContent, (await alice.Delete(GiftsOf(couponId))).StatusCode);
        Assert.Equal("coupon.gift_over", await (await (await api.LogIn("bob")).Post(AcceptancesOf(token))).Code());
    }

    [Fact]
    public async Task Nobody_takes_an_own_gift_or_one_that_is_not_there_and_rows_tell_no_token()
    {
        var token = await Offer();
        var bob = await api.LogIn("bob");

        Assert.Equal("coupon.gift_own", await (await alice.Post(AcceptancesOf(token))).Code());
        Assert.Equal("coupon.gift_missing", await (await bob.Post(AcceptancesOf(new string('0', 26)))).Code());
        Assert.Equal("coupon.gift_missing", await (await bob.Post(AcceptancesOf("x"))).Code());
        Assert.Equal("coupon.missing", await (await bob.Post(GiftsOf(couponId))).Code());
        Assert.DoesNotContain(
            StoredRow.All(api), row => $"{row.Partition} {row.Key} {row.Data}".Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_what_its_template_allows_can_be_given()
    {
        var plain = await Claimed(alice, transferable: false);

        Assert.Equal("coupon.not_transferable", await (await alice.Post(GiftsOf(plain))).Code());
    }

    private static string GiftsOf(string couponId) => $"/api/me/coupons/{couponId}/gifts";

    private static string AcceptancesOf(string token) => $"/api/coupon-gifts/{token}/acceptances";

    private static async Task<System.Text.Json.JsonElement[]> Wallet(Phone phone) =>
        (await (await phone.Get("/api/me/coupons")).Json()).Items();

    private async Task<string> Offer() => (await (await alice.Post(GiftsOf(couponId))).Json()).Text("token");

    private async Task LaterBy(TimeSpan time)
    {
        await api.Deliver();
        api.Clock.Advance(time);
    }

    private async Task Sweep()
    {
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        await api.Fire(nameof(ReturnLapsedGifts));
        await api.Deliver();
    }

    private async Task<string> Claimed(Phone phone, bool transferable)
    {
        var template = Some.Template();
        template["transferable"] = transferable;
        var claim = await phone.Post(ClaimsOf(await api.PublishTemplate(template)));
        await api.Deliver();
        return (await claim.Json()).Text("couponId");
    }
}

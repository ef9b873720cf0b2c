using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Tests.Coupons;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;
using Pond.Tests.Shares;
using Pond.Tests.Tiers;

namespace Pond.Tests.Referrals;

/// <summary>Friends bring friends, and both get something for what the new one buys and keeps.</summary>
[Rule("REF-03"), Rule("REF-05")]
public sealed class BringingFriends : IAsyncLifetime
{
    private const long PriceFen = 4_000;

    private MiniProgramApi api = null!;
    private string code = "";
    private string skuId = "";

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        code = await (await api.LogIn("alice")).InviteCode();
        skuId = await api.Product(PriceFen);
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task Both_are_rewarded_once_the_friend_has_kept_what_they_bought()
    {
        await api.SetReferrals();
        await api.BringBuyer("bob", code, skuId);
        Assert.Equal([("qualified", 0, 0)], await api.Friends("alice"));

        await api.LetRewardsCome(days: ReferralSteps.WaitDays - 1);
        Assert.Equal(0, await api.ReferralPoints("alice"));

        await api.LetRewardsCome(days: 1);
        Assert.Equal([("rewarded", 200, 30)], await api.Friends("alice"));
        Assert.Equal((200, 100), (await api.ReferralPoints("alice"), await api.ReferralPoints("bob")));
        Assert.Equal(30, (await (await api.LogIn("alice")).GrowthEntries()).Sum(entry => entry.Whole("growth")));
    }

    [Fact]
    public async Task Messages_that_come_three_times_and_in_any_order_reward_once()
    {
        await api.SetReferrals();
        var friend = await api.Bring("bob", code);
        await api.DeliverThrice(seed: 3);
        var orderId = await friend.Placed(new Wish(skuId));
        api.Sandbox.Pay.Pay(await friend.Paying(orderId));
        await api.Sandbox.Pay.SendDue(CancellationToken.None);
        await api.DeliverThrice(seed: 7);

        api.Clock.Advance(TimeSpan.FromDays(ReferralSteps.WaitDays));
        for (var time = 0; time < 2; time++) await api.LetRewardsCome(days: 0);
        var rewards = await api.DeliverThrice(seed: 5);
        await api.DeliverAsIfNeverRemoved(rewards, seed: 11);
        await api.LetRewardsCome();

        Assert.Equal((200, 100), (await api.ReferralPoints("alice"), await api.ReferralPoints("bob")));
    }

    [Fact]
    public async Task An_order_that_is_heard_of_before_its_buyer_counts_as_well()
    {
        await api.SetReferrals();
        var friend = await api.Bring("bob", code);
        await Forget(Redelivery.Waiting(api).Single(
            row => Stored.Read<OutboxRow>(row.Data).Queue == MemberMessages.RegisteredQueue));

        await friend.Bought(new Wish(skuId));
        await api.LetRewardsCome();

        Assert.Equal([("rewarded", 200, 30)], await api.Friends("alice"));
    }

    // As if that one were late by hours.
    private async Task Forget(StoredRow waiting)
    {
        var row = await api.Store.Find(waiting.Partition, waiting.Key, CancellationToken.None);
        await api.Store.Commit(
            waiting.Partition, [new Write.Delete(waiting.Key, row!.ETag)], CancellationToken.None);
    }

    [Fact]
    public async Task What_is_sent_back_in_time_brings_nothing_and_the_next_order_does()
    {
        await api.SetReferrals();
        var first = await api.BringBuyer("bob", code, skuId);
        await (await api.LogIn("bob")).Refunded(first);
        await api.LetRewardsCome();
        Assert.Equal([("registered", 0, 0)], await api.Friends("alice"));

        await (await api.LogIn("bob")).Bought(new Wish(skuId));
        await api.LetRewardsCome();
        Assert.Equal([("rewarded", 200, 30)], await api.Friends("alice"));
    }

    [Fact]
    public async Task What_is_sent_back_later_takes_its_share_of_the_reward_to_the_point()
    {
        await api.SetReferrals();
        var orderId = await api.BringBuyer("bob", code, skuId, pieces: 3);
        await api.LetRewardsCome();

        await (await api.LogIn("bob")).Refunded(orderId, [(1, 1)]);
        await api.Deliver();
        Assert.Equal([("rewarded", 133, 20)], await api.Friends("alice"));
        Assert.Equal((133, 66), (await api.ReferralPoints("alice"), await api.ReferralPoints("bob")));

        await (await api.LogIn("bob")).Refunded(orderId, [(1, 2)]);
        await api.Deliver();
        Assert.Equal([("reversed", 0, 0)], await api.Friends("alice"));
        Assert.Equal((0, 0), (await api.ReferralPoints("alice"), await api.ReferralPoints("bob")));
    }

    [Fact]
    public async Task A_coupon_is_claimed_from_the_stock_and_revoked_with_the_whole_order()
    {
        var templateId = await api.PublishTemplate(
            Some.Template(stock: 5).With("claimUntil", HandClock.Start.AddDays(30)));
        await api.Deliver();
        await api.SetReferrals(body => body["forReferrer"] = new { templateId });
        var orderId = await api.BringBuyer("bob", code, skuId);
        await api.LetRewardsCome();
        Assert.Single(await (await api.LogIn("alice")).AllPages("/api/me/coupons", 100));

        await (await api.LogIn("bob")).Refunded(orderId);
        await api.Deliver();
        Assert.Empty(await (await api.LogIn("alice")).AllPages("/api/me/coupons", 100));
    }

    [Fact]
    public async Task Who_registers_while_the_programme_is_off_is_nobodys_friend()
    {
        await api.BringBuyer("early", code, skuId);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        await api.SetReferrals();
        await (await api.LogIn("early")).Bought(new Wish(skuId));
        await api.LetRewardsCome();

        Assert.Empty(await api.Friends("alice"));
    }

    [Fact]
    public async Task Too_little_and_too_late_do_not_count()
    {
        await api.SetReferrals(body => body["leastFen"] = PriceFen + 1);
        await api.BringBuyer("small", code, skuId);
        await api.Bring("late", code);
        await api.Deliver();
        api.Clock.Advance(TimeSpan.FromDays(30));
        await (await api.LogIn("late")).Bought(new Wish(skuId, 2));
        await api.LetRewardsCome();

        Assert.Equal([("registered", 0, 0), ("registered", 0, 0)], await api.Friends("alice"));
    }
}

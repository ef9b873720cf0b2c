using Pond.Kernel;
using Pond.Tests.Members;
using Pond.Tests.Orders;
using Pond.Tests.Products;
using Pond.Touches;

namespace Pond.Tests.Reminders;

/// <summary>Who has bought something that is used up hears of it some days before.</summary>
public sealed class RemindingToBuyAgain : IAsyncLifetime
{
    private HeardTouches touches = null!;
    private MiniProgramApi api = null!;
    private Phone alice = null!;
    private string skuId = "";

    public async Task InitializeAsync()
    {
        touches = await HeardTouches.Start();
        api = touches.Api;
        skuId = await Sold();
        alice = await api.LogIn("alice");
    }

    public async Task DisposeAsync() => await touches.DisposeAsync();

    [Fact, Rule("REP-01"), Rule("REP-02")]
    public async Task The_first_order_counts_as_long_as_the_shop_says_and_own_gaps_count_as_soon_as_there_are_two()
    {
        await Buy(alice, pieces: 2);
        Assert.Equal([At(days: 120 - 3)], Planned(alice)); // two packs of two times thirty days

        foreach (var day in new[] { 20, 50 })
        {
            api.Clock.MoveTo(HandClock.Start.AddDays(day));
            alice = await api.LogIn("alice");
            await Buy(alice);
        }

        var planned = touches.Of(Occasion.RepurchaseDue, alice.MemberId);
        Assert.Equal([At(50 + 25 - 3), At(20 + 60 - 3), At(117)], planned.Select(touch => touch.NotBefore));
        Assert.Equal(
            new[] { planned[1].OccasionId, planned[2].OccasionId }.Order(),
            touches.Voided(alice.MemberId).Select(voided => voided.OccasionId).Order());
        Assert.Equal($"pages/products/detail?skuId={skuId}", planned[0].Page);
        var standing = await Task.WhenAll(planned.Select(touches.Stands));
        Assert.Equal([true, false, false], standing);
    }

    [Fact, Rule("REP-03")]
    public async Task What_is_paid_back_in_full_was_never_bought_and_a_part_of_it_lasts_shorter()
    {
        var orderId = await Buy(alice, pieces: 2);
        var first = Assert.Single(touches.Of(Occasion.RepurchaseDue));
        await alice.Refunded(orderId, [(1, 1)]);
        Assert.Equal([At(57), At(117)], Planned(alice));

        await alice.Refunded(orderId, [(1, 1)]);

        Assert.Equal(2, touches.Voided(alice.MemberId).Count);
        Assert.Contains(first.OccasionId, touches.Voided(alice.MemberId).Select(voided => voided.OccasionId));
        foreach (var touch in touches.Of(Occasion.RepurchaseDue)) Assert.False(await touches.Stands(touch));
    }

    [Fact, Rule("REP-03")]
    public async Task What_cannot_be_had_is_not_told_of()
    {
        var rare = await Sold(stock: 1);
        var addressId = await alice.Address();
        await alice.BoughtAll([(rare, 1)], addressId: addressId);
        var touch = Assert.Single(touches.Of(Occasion.RepurchaseDue));
        Assert.False(await touches.Stands(touch));

        await api.AddStock(rare, 1);
        Assert.True(await touches.Stands(touch));
        (await api.Move(ProductSteps.SpuOf(rare), "offSale")).EnsureSuccessStatusCode();
        Assert.False(await touches.Stands(touch));
    }

    [Fact, Rule("REP-02")]
    public async Task Messages_that_come_three_times_and_in_any_order_plan_one_reminder_for_an_order()
    {
        var addressId = await alice.Address();
        await api.Deliver();
        await alice.BoughtAll([(skuId, 1)], addressId: addressId);
        var again = await alice.BoughtAll([(skuId, 1)], addressId: addressId); // on the same day
        await api.DeliverThrice(seed: 5);

        Assert.Equal(2, touches.Of(Occasion.RepurchaseDue).Count);
        var stands = await Task.WhenAll(touches.Of(Occasion.RepurchaseDue).Select(touches.Stands));
        Assert.Single(stands, stands => stands);
        Assert.NotNull(again);
    }

    [Fact, Rule("REP-02"), Rule("AUTH-10")]
    public async Task When_accounts_become_one_their_orders_are_one_history()
    {
        var (older, younger) = await api.LogInTwice("older", "younger", "13800090031");
        await Buy(older);
        api.Clock.Advance(TimeSpan.FromDays(10));
        younger = await api.LogIn("younger");
        await Buy(younger);
        (await younger.Merge("younger")).EnsureSuccessStatusCode();
        await api.Deliver();

        var planned = touches.Of(Occasion.RepurchaseDue);
        Assert.Equal([At(57), At(67), At(67)], planned.Select(touch => touch.NotBefore));
        var standing = Assert.Single(await Task.WhenAll(planned.Select(async touch => (touch, Is: await touches.Stands(touch)))), one => one.Is);
        Assert.Equal((older.MemberId, At(67)), (standing.touch.MemberId, standing.touch.NotBefore));
    }

    private static DateTimeOffset At(int days) => ChinaDay.Of(HandClock.Start).AddDays(days).Start.AddHours(10);

    private IEnumerable<DateTimeOffset> Planned(Phone phone) =>
        touches.Of(Occasion.RepurchaseDue, phone.MemberId).Select(touch => touch.NotBefore);

    private async Task<string> Buy(Phone phone, int pieces = 1) =>
        await phone.BoughtAll([(skuId, pieces)], addressId: await phone.Address());

    // Thirty days a cycle, and a pack lasts two of them.
    private Task<string> Sold(int stock = 100) => api.Sell(stock);
}

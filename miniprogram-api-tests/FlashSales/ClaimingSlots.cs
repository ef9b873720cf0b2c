using System.Net;
using Pond.Tests.Members;
using Pond.Tests.Orders;

namespace Pond.Tests.FlashSales;

public class ClaimingSlots(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact, Rule("FLS-02")]
    public async Task A_claim_is_answered_at_once_and_its_order_follows()
    {
        var saleId = await api.Drop();
        var phone = await shared.Newcomer();

        var answer = await phone.Claim(saleId);
        var claim = await answer.Json();

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("claimed", claim.Text("state"));
        Assert.Equal(saleId, claim.Text("flashSaleId"));
        Assert.Equal("claimed", await phone.ClaimState(claim.Text("claimId")));
        await api.Deliver();
        var after = await phone.ClaimOf(claim.Text("claimId"));
        Assert.Equal("ordered", after.Text("state"));
        var order = await phone.Order(after.Text("orderId"));
        Assert.Equal("awaitingPayment", order.Text("state"));
        Assert.Equal(990, order.Whole("payableFen"));
        Assert.Equal(after.Text("payBy"), order.Text("payBy"));
    }

    [Fact, Rule("FLS-02")]
    public async Task The_same_key_has_the_same_claim_also_when_nothing_is_left()
    {
        var saleId = await api.Drop(pieces: 1);
        var (winner, loser) = (await shared.Newcomer(), await shared.Newcomer());
        var key = Phone.NewKey();
        var first = await (await winner.Claim(saleId, key: key)).Json();
        Assert.Equal("flash_sale.sold_out", await (await loser.Claim(saleId)).Code());

        var again = await winner.Claim(saleId, key: key);
        await api.SetState(saleId, "ended");
        api.ForgetDrops();
        var late = await winner.Claim(saleId, key: key);

        Assert.Equal(first.Text("claimId"), (await again.Json()).Text("claimId"));
        Assert.Equal(first.Text("claimId"), (await late.Json()).Text("claimId"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await winner.Claim(saleId, key: key, addressId: "x")).StatusCode);
    }

    [Fact, Rule("FLS-02")]
    public async Task A_claim_is_its_member_s_alone()
    {
        var (owner, stranger) = (await shared.Newcomer(), await shared.Newcomer());
        var claimId = await owner.Claimed(await api.Drop());

        Assert.Equal("flash_sale.claim_missing", await (await stranger.Get($"/api/claims/{claimId}")).Code());
        Assert.Equal("flash_sale.claim_missing", await (await owner.Get($"/api/claims/{claimId}0")).Code());
        Assert.Equal("flash_sale.claim_missing", await (await owner.Get("/api/claims/nothing")).Code());
    }

    [Theory, InlineData(1), InlineData(4)]
    [Rule("FLS-03")]
    public async Task The_limit_holds_for_thirty_claims_at_once(int shards)
    {
        var saleId = await api.Drop(pieces: 40, shards: shards, perMember: 3);
        var phone = await shared.Newcomer();
        var ticket = await phone.Ticket(saleId);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => phone.Claim(saleId, ticket)));

        Assert.Equal(
            new Dictionary<string, int> { [""] = 3, ["flash_sale.limit_reached"] = 27 }, await answers.Codes());
        Assert.Equal(37, await api.PiecesLeft(saleId));
    }

    [Theory, InlineData(1, 12), InlineData(8, 12), InlineData(8, 8)]
    [Rule("FLS-03"), Rule("FLS-01")]
    public async Task Of_sixty_at_once_as_many_get_one_as_there_are_pieces(int shards, int pieces)
    {
        var saleId = await api.Drop(pieces: pieces, shards: shards);
        var phones = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => shared.Newcomer()));

        var answers = await Task.WhenAll(phones.Select(phone => phone.ClaimInTheRush(saleId)));

        Assert.Equal(
            new Dictionary<string, int> { [""] = pieces, ["flash_sale.sold_out"] = 60 - pieces },
            await answers.Codes());
        Assert.Equal(0, await api.PiecesLeft(saleId));
        await api.Deliver();
        var claims = await Task.WhenAll(phones.Zip(answers)
            .Where(one => one.Second.IsSuccessStatusCode)
            .Select(async one => await one.First.ClaimState((await one.Second.Json()).Text("claimId"))));
        Assert.All(claims, state => Assert.Equal("ordered", state));
    }

    [Fact, Rule("FLS-03")]
    public async Task The_last_pieces_are_found_in_whatever_shard_they_are()
    {
        var saleId = await api.Drop(pieces: 8, shards: 8);
        for (var i = 0; i < 8; i++)
        {
            var phone = await shared.Newcomer();
            Assert.Equal(HttpStatusCode.Accepted, (await phone.ClaimInTheRush(saleId)).StatusCode);
        }

        Assert.Equal("flash_sale.sold_out", await (await (await shared.Newcomer()).ClaimInTheRush(saleId)).Code());
    }

    [Fact, Rule("FLS-03")]
    public async Task Whoever_leaves_and_comes_back_has_no_second_chance()
    {
        var saleId = await api.Drop();
        var phone = await api.LogIn("comes-back");
        await phone.Claimed(saleId);
        await api.Deliver();
        var orderId = (await (await phone.Get("/api/me/orders")).Json()).Items().Single().Text("orderId");
        (await phone.Cancel(orderId, "changedMind")).EnsureSuccessStatusCode();
        await api.Deliver();
        await phone.Claimed(saleId);
        await api.Deliver();
        orderId = (await (await phone.Get("/api/me/orders")).Json()).Items()
            .Single(order => order.Text("state") == "awaitingPayment").Text("orderId");
        api.Sandbox.Pay.Pay(await phone.Paying(orderId));
        await OrderSteps.Tell(api);
        (await phone.Delete("/api/me")).EnsureSuccessStatusCode();
        await api.Deliver();

        var newcomer = await api.LogIn("comes-back");

        Assert.NotEqual(phone.MemberId, newcomer.MemberId);
        Assert.Equal("flash_sale.limit_reached", await (await newcomer.Claim(saleId)).Code());
    }

    [Fact]
    public async Task A_frozen_member_gets_no_ticket_and_no_slot()
    {
        var saleId = await api.Drop(isHot: true);
        var phone = await shared.Newcomer();
        var ticket = await phone.Ticket(saleId);
        await api.SetStatus(phone.MemberId, "frozen");

        Assert.Equal("member.frozen", await (await phone.Claim(saleId, ticket)).Code());
        Assert.Equal("member.frozen", await (await phone.Post($"/api/flash-sales/{saleId}/tickets")).Code());
        Assert.Equal(10, await api.PiecesLeft(saleId));
    }
}

using Pond.Tests.Coupons;
using Pond.Tests.Orders;
using Pond.Tests.Points;
using Pond.Tests.Pricing;
using Pond.Tests.Products;
using Claims = Pond.Tests.Coupons.CouponSteps;
using Goods = Pond.Tests.Products.ProductSteps;

namespace Pond.Tests.Http;

/// <content>Things in every state, and the steps that each allows or answers without doing anything.</content>
public sealed partial class HostileStates
{
    private async Task<Thing[]> Orders()
    {
        var wish = new Wish(await api.Product());
        var (waiting, closing, cancelled) = (await alice.Placed(wish), await alice.Placed(wish), await alice.Placed(wish));
        var (paid, shipped, received, refunded) =
            (await alice.Bought(wish), await alice.Bought(wish), await alice.Bought(wish), await alice.Bought(wish));
        await alice.Paying(closing);
        (await alice.Cancel(closing, "changedMind")).EnsureSuccessStatusCode();
        (await alice.Cancel(cancelled, "changedMind")).EnsureSuccessStatusCode();
        (await api.Ship(shipped)).EnsureSuccessStatusCode();
        (await api.Ship(received)).EnsureSuccessStatusCode();
        (await alice.Post($"/api/orders/{received}/receipt")).EnsureSuccessStatusCode();
        await alice.Refunded(refunded);
        alice = await api.LogIn("alice");
        return
        [
            new("waiting", waiting, "pay cancel shopCancel"), new("closing", closing, "cancel shopCancel"),
            new("cancelled", cancelled, "cancel shopCancel"), new("paid", paid, "askMoney ship give pay"),
            new("shipped", shipped, "receive askMoney askReturn give ship pay"),
            new("received", received, "receive askMoney askReturn give pay"),
            new("refunded", refunded, "pay"), // which only tells that it was paid
        ];
    }

    private async Task<Thing[]> Refunds()
    {
        var wish = new Wish(await api.Product());
        var ids = new List<string>();
        for (var i = 0; i < 6; i++) ids.Add(await alice.Bought(wish));
        foreach (var sent in ids.Take(3)) (await api.Ship(sent)).EnsureSuccessStatusCode();
        foreach (var sent in ids.Take(3)) (await alice.AskBack(sent, [(1, 1)], "returnGoods")).EnsureSuccessStatusCode();
        foreach (var unsent in ids.Skip(3)) (await alice.AskBack(unsent, [(1, 1)])).EnsureSuccessStatusCode();
        foreach (var agreed in ids.Take(2)) (await api.Decide(agreed, 1)).EnsureSuccessStatusCode();
        (await alice.SendGoodsBack(ids[1], 1)).EnsureSuccessStatusCode();
        (await api.Decide(ids[2], 1, isYes: false)).EnsureSuccessStatusCode();
        (await api.Decide(ids[3], 1)).EnsureSuccessStatusCode();
        (await alice.Post($"/api/orders/{ids[4]}/refunds/1/withdrawal")).EnsureSuccessStatusCode();
        return
        [
            new("awaiting", ids[0], "sendBack withdraw"), new("returning", ids[1], "agree refuse"),
            new("rejected", ids[2], "askAgain giveAgain"), new("refunding", ids[3], ""),
            new("withdrawn", ids[4], "askAgain giveAgain withdraw"), new("applied", ids[5], "agree refuse withdraw"),
        ];
    }

    private async Task<Thing[]> Coupons()
    {
        var terms = Some.Template(stock: 20, perMember: 20);
        terms["transferable"] = true;
        var templateId = await api.PublishTemplate(terms);
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
            ids.Add((await (await alice.Post(Claims.ClaimsOf(templateId))).Json()).Text("couponId"));
        await api.Deliver();
        var skuId = await api.Product();
        await alice.Placed(new Wish(skuId) { CouponIds = [ids[1]] });
        await alice.Bought(new Wish(skuId) { CouponIds = [ids[2]] });
        (await Judge(ids[3], "frozen")).EnsureSuccessStatusCode();
        (await Judge(ids[4], "revoked")).EnsureSuccessStatusCode();
        (await alice.Post($"/api/me/coupons/{ids[5]}/gifts")).EnsureSuccessStatusCode();
        var offer = await (await alice.Post($"/api/me/coupons/{ids[6]}/gifts")).Json();
        (await bob.Post($"/api/coupon-gifts/{offer.Text("token")}/acceptances")).EnsureSuccessStatusCode();
        await api.Deliver();
        return
        [
            new("free", ids[0], "thaw freeze revoke give cancelGift"), new("held", ids[1], "cancelGift"), new("used", ids[2], "cancelGift"),
            new("frozen", ids[3], "thaw freeze revoke cancelGift"), new("revoked", ids[4], "revoke cancelGift"),
            new("gifting", ids[5], "give cancelGift"),
            new("given", ids[6], ""),
        ];
    }

    private async Task<Thing[]> Templates()
    {
        var (draft, live, paused) =
            (await api.DraftTemplate(Some.Template()), await api.PublishTemplate(), await api.PublishTemplate());
        var (ended, archived) = (await api.PublishTemplate(), await api.DraftTemplate(Some.Template()));
        (await api.ChangeTemplate(paused, "paused")).EnsureSuccessStatusCode();
        (await api.ChangeTemplate(ended, "ended")).EnsureSuccessStatusCode();
        (await api.ChangeTemplate(archived, "archived")).EnsureSuccessStatusCode();
        await api.Deliver();
        return
        [
            new("draft", draft, "draft publish archive edit"), new("live", live, "publish pause end claim codes"),
            new("paused", paused, "publish pause end codes"), new("ended", ended, "end archive"), new("archived", archived, "archive"),
        ];
    }

    private async Task<Thing[]> Promotions()
    {
        var (draft, live) = (await api.Draft(api.Promotion()), await api.Publish(api.Promotion()));
        var (paused, ended) = (await api.Publish(api.Promotion()), await api.Draft(api.Promotion()));
        (await api.SetState(paused, "paused")).EnsureSuccessStatusCode();
        (await api.SetState(ended, "ended")).EnsureSuccessStatusCode();
        return
        [
            new("draft", draft, "draft publish end edit"), new("live", live, "publish pause end"),
            new("paused", paused, "publish pause end"), new("ended", ended, "end"),
        ];
    }

    private async Task<Thing[]> Products()
    {
        var draft = Goods.NewId("spu");
        (await api.Create(Goods.Product(
            draft, Goods.Sku($"{draft}-a")))).EnsureSuccessStatusCode();
        var (sold, stopped) = (await Sold(), await Sold());
        (await api.Move(stopped, "offSale")).EnsureSuccessStatusCode();
        await api.Deliver();
        return [new("draft", draft, "draft sell"), new("sold", sold, "sell stop"), new("stopped", stopped, "sell stop")];

        async Task<string> Sold() => Goods.SpuOf(await api.Sell(stock: 1));
    }

    private async Task<Thing[]> Adjustments()
    {
        var first = await (await shop.Post("/api/operator/operators", new { name = "财务", roles = new[] { "finance" } })).Json();
        var other = api.Operator(first.Text("key"));
        var (approved, rejected) =
            (await Asked(other), await Asked(other));
        var own = await Asked(shop);
        (await shop.Approve(approved)).EnsureSuccessStatusCode();
        (await shop.Reject(rejected)).EnsureSuccessStatusCode();
        return [new("approved", approved, ""), new("rejected", rejected, ""), new("asked by oneself", own, "reject")];

        async Task<string> Asked(Phone asker) => (await api.AskFor(alice, 20_000, asker)).Text("adjustmentId");
    }
}

using Pond.Coupons;
using Pond.Tests.Coupons;
using Pond.Tests.OpenApi;
using Pond.Tests.Orders;
using Pond.Tests.Points;
using Pond.Tests.Pricing;
using Pond.Tests.Products;
using Claims = Pond.Tests.Coupons.CouponSteps;
using Goods = Pond.Tests.Products.ProductSteps;

namespace Pond.Tests.Http;

/// <summary>Every step that the state of a thing does not allow is refused, and leaves everything as it was.</summary>
public sealed class HostileStates : IAsyncLifetime
{
    private readonly HostileCases cases = new("Illegal states");
    private MiniProgramApi api = null!;
    private Phone alice = null!;
    private Phone bob = null!;
    private Phone shop = null!;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        (alice, bob, shop) = (await api.LogIn("alice"), await api.LogIn("bob"), api.Operator());
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task What_the_state_of_a_thing_does_not_allow_is_refused()
    {
        foreach (var (name, id, allowed) in await Orders()) await RefuseAllBut("order", name, id, OrderSteps(id), allowed);
        foreach (var (name, id, allowed) in await Refunds()) await RefuseAllBut("refund", name, id, RefundSteps(id), allowed);
        foreach (var (name, id, allowed) in await Coupons()) await RefuseAllBut("coupon", name, id, CouponSteps(id), allowed);
        foreach (var (name, id, allowed) in await Templates()) await RefuseAllBut("template", name, id, TemplateSteps(id), allowed);
        foreach (var (name, id, allowed) in await Promotions()) await RefuseAllBut("promotion", name, id, PromotionSteps(id), allowed);
        foreach (var (name, id, allowed) in await Products()) await RefuseAllBut("product", name, id, ProductSteps(id), allowed);
        foreach (var (name, id, allowed) in await Adjustments()) await RefuseAllBut("adjustment", name, id, AdjustmentSteps(id), allowed);
        cases.Done();
    }

    private async Task RefuseAllBut(string kind, string state, string id, Dictionary<string, Func<Task<HttpResponseMessage>>> steps, string allowed)
    {
        var before = StoredRow.AllButHints(api);
        foreach (var (step, take) in steps.Where(step => !allowed.Split(' ').Contains(step.Key)))
        {
            using var answer = await take();
            var raw = await RawAnswer.Of(answer);
            cases.MustRefuse($"{state} {kind}: {step}", raw, id, (status, code) => status is 400 or 403 or 404 or 409 && code != "request.invalid");
        }

        var changed = StoredRow.AllButHints(api).Except(before)
            .Where(row => !row.Partition.StartsWith("k:", StringComparison.Ordinal)) // what an idempotency key came with
            .Select(row => $"{row.Partition} {row.Key}");
        cases.Check($"a refused step of the {state} {kind} has stored {string.Join(", ", changed)}", !changed.Any());
    }

    private Dictionary<string, Func<Task<HttpResponseMessage>>> OrderSteps(string id) => new()
    {
        ["pay"] = () => alice.StartPaying(id),
        ["cancel"] = () => alice.Cancel(id, "changedMind"),
        ["shopCancel"] = () => shop.Post($"/api/operator/orders/{id}/cancellation", new { reason = "顾客来电" }),
        ["receive"] = () => alice.Post($"/api/orders/{id}/receipt"),
        ["askMoney"] = () => alice.AskBack(id, [(1, 1)]),
        ["askReturn"] = () => alice.AskBack(id, [(1, 1)], "returnGoods"),
        ["askMore"] = () => alice.AskBack(id, [(1, 2)]),
        ["askOther"] = () => alice.AskBack(id, [(7, 1)]),
        ["ship"] = () => api.Ship(id),
        ["shipOther"] = () => api.Ship(id, [9]),
        ["give"] = () => Give(id, 1),
        ["giveMore"] = () => Give(id, 50),
        ["decide"] = () => api.Decide(id, 1),
        ["sendBack"] = () => alice.SendGoodsBack(id, 1),
        ["withdraw"] = () => alice.Post($"/api/orders/{id}/refunds/1/withdrawal"),
    };

    private Dictionary<string, Func<Task<HttpResponseMessage>>> RefundSteps(string id) => new()
    {
        ["agree"] = () => api.Decide(id, 1),
        ["refuse"] = () => api.Decide(id, 1, isYes: false),
        ["agreeOther"] = () => api.Decide(id, 2),
        ["restockOther"] = () => api.Decide(id, 1, restocked: [9]),
        ["sendBack"] = () => alice.SendGoodsBack(id, 1),
        ["withdraw"] = () => alice.Post($"/api/orders/{id}/refunds/1/withdrawal"),
        ["askAgain"] = () => alice.AskBack(id, [(1, 1)]),
        ["giveAgain"] = () => Give(id, 1),
    };

    private Dictionary<string, Func<Task<HttpResponseMessage>>> CouponSteps(string id) => new()
    {
        ["thaw"] = () => Judge(id, "issued"),
        ["freeze"] = () => Judge(id, "frozen"),
        ["revoke"] = () => Judge(id, "revoked"),
        ["give"] = () => alice.Post($"/api/me/coupons/{id}/gifts"),
        ["cancelGift"] = () => alice.Delete($"/api/me/coupons/{id}/gifts"),
        ["giveOnesOwn"] = () => bob.Post($"/api/me/coupons/{id}/gifts"),
        ["reissue"] = () => shop.Post($"/api/operator/members/{alice.MemberId}/coupons/{id}/reissue", new { reason = "商家责任" }),
    };

    private Dictionary<string, Func<Task<HttpResponseMessage>>> TemplateSteps(string id) => new()
    {
        ["draft"] = () => api.ChangeTemplate(id, "draft"),
        ["publish"] = () => api.ChangeTemplate(id, "published"),
        ["pause"] = () => api.ChangeTemplate(id, "paused"),
        ["end"] = () => api.ChangeTemplate(id, "ended"),
        ["archive"] = () => api.ChangeTemplate(id, "archived"),
        ["edit"] = () => shop.Put($"/api/operator/coupon-templates/{id}", RequestExamples.Of(nameof(EditCouponTemplate))),
        ["claim"] = () => alice.Post(Claims.ClaimsOf(id)),
        ["codes"] = () => shop.Post(CodeSteps.BatchesOf(id), new { count = 1, note = "海报" }),
        ["tooManyCodes"] = () => shop.Post(CodeSteps.BatchesOf(id), new { count = 1_000, note = "海报" }),
    };

    private Dictionary<string, Func<Task<HttpResponseMessage>>> PromotionSteps(string id) => new()
    {
        ["draft"] = () => api.SetState(id, "draft"),
        ["publish"] = () => api.SetState(id, "published"),
        ["pause"] = () => api.SetState(id, "paused"),
        ["end"] = () => api.SetState(id, "ended"),
        ["edit"] = () => shop.Put($"{PricingSteps.PromotionsPath}/{id}", api.Promotion()),
    };

    private Dictionary<string, Func<Task<HttpResponseMessage>>> ProductSteps(string id) => new()
    {
        ["draft"] = () => api.Move(id, "draft"),
        ["sell"] = () => api.Move(id, "onSale"),
        ["stop"] = () => api.Move(id, "offSale"),
        ["createAgain"] = () => api.Create(Goods.Product(id, Goods.Sku($"{id}-z"))),
        ["replaceStale"] = () => shop.Put(
            $"/api/operator/products/{id}",
            Goods.Product(id, Goods.Sku($"{id}-a")).Next(version: 99)),
    };

    private Dictionary<string, Func<Task<HttpResponseMessage>>> AdjustmentSteps(string id) => new()
    {
        ["approve"] = () => shop.Approve(id),
        ["reject"] = () => shop.Reject(id),
    };

    private Task<HttpResponseMessage> Give(string orderId, int quantity) => shop.Post($"/api/operator/orders/{orderId}/refunds", new
    {
        lines = new[] { new { lineNumber = 1, quantity } },
        isMerchantsFault = true,
        restockedLines = Array.Empty<int>(),
        reason = "商品缺货",
    });

    private Task<HttpResponseMessage> Judge(string couponId, string state) => shop.Put(
        $"/api/operator/members/{alice.MemberId}/coupons/{couponId}/state", new { state, reason = "异常领券" });

    private async Task<(string Name, string Id, string Allowed)[]> Orders()
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
            ("waiting", waiting, "pay cancel shopCancel"), ("closing", closing, "cancel shopCancel"),
            ("cancelled", cancelled, "cancel shopCancel"), ("paid", paid, "askMoney ship give pay"),
            ("shipped", shipped, "receive askMoney askReturn give ship pay"),
            ("received", received, "receive askMoney askReturn give pay"),
            ("refunded", refunded, "pay"), // which only tells that it was paid
        ];
    }

    private async Task<(string Name, string Id, string Allowed)[]> Refunds()
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
            ("awaiting", ids[0], "sendBack withdraw"), ("returning", ids[1], "agree refuse"),
            ("rejected", ids[2], "askAgain giveAgain"), ("refunding", ids[3], ""),
            ("withdrawn", ids[4], "askAgain giveAgain withdraw"), ("applied", ids[5], "agree refuse withdraw"),
        ];
    }

    private async Task<(string Name, string Id, string Allowed)[]> Coupons()
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
            ("free", ids[0], "thaw freeze revoke give cancelGift"), ("held", ids[1], "cancelGift"), ("used", ids[2], "cancelGift"),
            ("frozen", ids[3], "thaw freeze revoke cancelGift"), ("revoked", ids[4], "revoke cancelGift"), ("gifting", ids[5], "give cancelGift"),
            ("given", ids[6], ""),
        ];
    }

    private async Task<(string Name, string Id, string Allowed)[]> Templates()
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
            ("draft", draft, "draft publish archive edit"), ("live", live, "publish pause end claim codes"),
            ("paused", paused, "publish pause end codes"), ("ended", ended, "end archive"), ("archived", archived, "archive"),
        ];
    }

    private async Task<(string Name, string Id, string Allowed)[]> Promotions()
    {
        var (draft, live) = (await api.Draft(api.Promotion()), await api.Publish(api.Promotion()));
        var (paused, ended) = (await api.Publish(api.Promotion()), await api.Draft(api.Promotion()));
        (await api.SetState(paused, "paused")).EnsureSuccessStatusCode();
        (await api.SetState(ended, "ended")).EnsureSuccessStatusCode();
        return
        [
            ("draft", draft, "draft publish end edit"), ("live", live, "publish pause end"),
            ("paused", paused, "publish pause end"), ("ended", ended, "end"),
        ];
    }

    private async Task<(string Name, string Id, string Allowed)[]> Products()
    {
        var draft = Goods.NewId("spu");
        (await api.Create(Goods.Product(
            draft, Goods.Sku($"{draft}-a")))).EnsureSuccessStatusCode();
        var (sold, stopped) = (await Sold(), await Sold());
        (await api.Move(stopped, "offSale")).EnsureSuccessStatusCode();
        await api.Deliver();
        return [("draft", draft, "draft sell"), ("sold", sold, "sell stop"), ("stopped", stopped, "sell stop")];

        async Task<string> Sold() => Goods.SpuOf(await api.Sell(stock: 1));
    }

    private async Task<(string Name, string Id, string Allowed)[]> Adjustments()
    {
        var first = await (await shop.Post("/api/operator/operators", new { name = "财务", roles = new[] { "finance" } })).Json();
        var asker = api.Operator(first.Text("key"));
        var (approved, rejected) =
            ((await api.AskFor(alice, 20_000, asker)).Text("adjustmentId"), (await api.AskFor(alice, 20_000, asker)).Text("adjustmentId"));
        var own = (await api.AskFor(alice, 20_000, shop)).Text("adjustmentId");
        (await shop.Approve(approved)).EnsureSuccessStatusCode();
        (await shop.Reject(rejected)).EnsureSuccessStatusCode();
        return [("approved", approved, ""), ("rejected", rejected, ""), ("asked by oneself", own, "reject")];
    }
}

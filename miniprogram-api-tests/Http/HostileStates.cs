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
public sealed partial class HostileStates : IAsyncLifetime
{
    private readonly HostileCases cases = new HostileCases("Illegal states");
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
        await RefuseAllBut("order", await Orders(), OrderSteps);
        await RefuseAllBut("refund", await Refunds(), RefundSteps);
        await RefuseAllBut("coupon", await Coupons(), CouponSteps);
        await RefuseAllBut("template", await Templates(), TemplateSteps);
        await RefuseAllBut("promotion", await Promotions(), PromotionSteps);
        await RefuseAllBut("product", await Products(), ProductSteps);
        await RefuseAllBut("adjustment", await Adjustments(), AdjustmentSteps);
        cases.Done();
    }

    private async Task RefuseAllBut(
        string kind, Thing[] things, Func<string, Dictionary<string, Func<Task<HttpResponseMessage>>>> steps)
    {
        foreach (var (state, id, allowed) in things)
        {
            var before = StoredRow.AllButHints(api);
            foreach (var (step, take) in steps(id).Where(step => !allowed.Split(' ').Contains(step.Key)))
            {
                using var answer = await take();
                cases.MustRefuse(
                    $"{state} {kind}: {step}", await RawAnswer.Of(answer), id, (status, code) =>
                        status is 400 or 403 or 404 or 409 && !code.StartsWith("request.", StringComparison.Ordinal));
            }

            var changed = StoredRow.AllButHints(api).Except(before)
                .Where(row => !row.Partition.StartsWith("k:", StringComparison.Ordinal)) // what an idempotency key came with
                .Select(row => $"{row.Partition} {row.Key}");
            cases.Check($"a refused step of the {state} {kind} has stored {string.Join(", ", changed)}", !changed.Any());
        }
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

    /// <param name="Allowed">Steps that the state allows, or that are answered without an effect.</param>
    private sealed record Thing(string State, string Id, string Allowed);
}

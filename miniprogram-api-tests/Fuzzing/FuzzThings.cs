using Pond.Bargains;
using Pond.Coupons;
using Pond.GroupBuys;
using Pond.Members;
using Pond.Orders;
using Pond.Payments;
using Pond.Shares;
using Pond.Tags;
using Pond.Tests.Bargains;
using Pond.Tests.Coupons;
using Pond.Tests.GroupBuys;
using Pond.Tests.Http;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;
using Pond.Tests.Tags;
using Pond.Tiers;

namespace Pond.Tests.Fuzzing;

/// <summary>Things of Alice's that are as far as one operation each wants them, so that it is taken once at least.</summary>
internal static class FuzzThings
{
    /// <summary>The paths, by the operation's id.</summary>
    public static async Task<Dictionary<string, string>> Paths(HostileApp app)
    {
        var (api, alice) = (app.Api, app.Alice);
        var wish = new Wish(await api.Product(stock: 1_000));
        var transferable = Some.Template(stock: 100, perMember: 20);
        transferable["transferable"] = true;
        var templateId = await api.PublishTemplate(transferable);
        var code = (await api.CodesOf(templateId, 1)).Single();
        var (kept, given) = (await Claimed(alice, templateId), await Claimed(alice, templateId));
        (await alice.Post($"/api/me/coupons/{given}/gifts")).EnsureSuccessStatusCode();
        var offer = await app.Bob.Post($"/api/me/coupons/{await Claimed(app.Bob, templateId)}/gifts");
        var token = (await offer.Json()).Text("token");
        var (asked, sent, paid) = (await alice.Bought(wish), await alice.Bought(wish), await alice.Placed(wish));
        (await alice.AskBack(asked)).EnsureSuccessStatusCode();
        (await api.Ship(sent)).EnsureSuccessStatusCode();
        var outTradeNo = await alice.Paying(paid);
        var (toPay, toCancel, cancelled) = (await alice.Placed(wish), await alice.Placed(wish), await alice.Placed(wish));
        var batchId = await api.MakeCodes(templateId, 2); // and everything else is delivered
        var activityId = await api.PublishBargain(
            api.Bargain(await api.Product(), mode: "buyAnyTime").With("attemptsPerMember", 20));
        await api.AddStock(app.GroupBuy.SkuId, 50);
        var ownGroupBuy = await api.GroupBuy(
            body => body["ordersPerMemberMax"] = 10, of: app.GroupBuy.SkuId, steps: (20, 0)); // beside what is joined
        var (ownGroupId, _) = await alice.Led(ownGroupBuy);
        var invited = (await (await alice.Post("/api/me/invite")).Json()).Text("code");
        return new Dictionary<string, string>
        {
            [nameof(StartGroup)] = $"/api/group-buys/{ownGroupBuy.ActivityId}/groups",
            [nameof(JoinGroup)] = $"/api/groups/{app.GroupId}/members",
            [nameof(LeaveGroup)] = $"/api/groups/{ownGroupId}/departure",
            [nameof(StartAttempt)] = BargainSteps.AttemptsOf(await api.PublishBargain(api.Bargain(await api.Product()))),
            [nameof(HelpAttempt)] = BargainSteps.CutsOf(await app.Bob.Attempt(activityId)),
            [nameof(OrderAttempt)] = BargainSteps.OrderOf(await alice.Attempt(activityId)),
            [nameof(GiveCoupon)] = $"/api/me/coupons/{kept}/gifts",
            [nameof(CancelCouponGift)] = $"/api/me/coupons/{given}/gifts",
            [nameof(AcceptCouponGift)] = $"/api/coupon-gifts/{token}/acceptances",
            [nameof(RedeemCouponCode)] = CodeSteps.RedemptionsOf(code),
            [nameof(DeleteTag)] = $"/api/operator/tag-definitions/{await api.Tag("用一次")}",
            [nameof(GetShare)] = $"/api/shares/{invited}",
            [nameof(ExportCodes)] = $"{CodeSteps.BatchesOf(templateId)}/{batchId}/export",
            [nameof(GetPayment)] = $"/api/operator/payments/{outTradeNo}",
            [nameof(PayOrder)] = $"/api/orders/{toPay}/payment",
            [nameof(CancelOrder)] = $"/api/orders/{toCancel}/cancellation",
            [nameof(CancelOrderOfMember)] = $"/api/operator/orders/{cancelled}/cancellation",
            [nameof(ConfirmReceipt)] = $"/api/orders/{sent}/receipt",
            [nameof(ChangeAddress)] = $"/api/addresses/{await alice.Address()}",
            [nameof(AdjustGrowth)] = $"/api/operator/members/{alice.MemberId}/growth-adjustments",
            [nameof(WithdrawRefund)] = $"/api/orders/{asked}/refunds/1/withdrawal",
        };
    }

    private static async Task<string> Claimed(Phone phone, string templateId)
    {
        var claimed = (await (await phone.Post(CouponSteps.ClaimsOf(templateId))).Json()).Text("couponId");
        await phone.Api.Deliver();
        return claimed;
    }
}

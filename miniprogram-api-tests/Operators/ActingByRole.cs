using System.Net;
using Pond.Activities;
using Pond.Bargains;
using Pond.Channels;
using Pond.Coupons;
using Pond.ExportJobs;
using Pond.FlashSales;
using Pond.GroupBuys;
using Pond.Leaderboards;
using Pond.Members;
using Pond.Operators;
using Pond.Orders;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Points;
using Pond.Pricing;
using Pond.Products;
using Pond.Promotions;
using Pond.Referrals;
using Pond.Tags;
using Pond.Tiers;
using Pond.Touches;

namespace Pond.Tests.Operators;

[Rule("ADM-01")]
public class ActingByRole(SharedApi shared) : IClassFixture<SharedApi>
{
    /// <summary>
    /// The roles that each operator route asks for, beside the owner's; null where every operator may look.
    /// </summary>
    private static readonly Dictionary<string, OperatorRole[]?> RolesOf = new()
    {
        [nameof(AdjustGrowth)] = [OperatorRole.Service, OperatorRole.Finance],
        [nameof(AdjustPoints)] = [OperatorRole.Service, OperatorRole.Finance],
        [nameof(AdjustStock)] = [OperatorRole.Service, OperatorRole.Finance],
        [nameof(ApproveAdjustment)] = [OperatorRole.Finance],
        [nameof(AssignTier)] = [OperatorRole.Service],
        [nameof(CancelOrderOfMember)] = [OperatorRole.Service],
        [nameof(ChangeActivityState)] = [OperatorRole.Marketing],
        [nameof(ChangeCheckInProgramme)] = [OperatorRole.Marketing],
        [nameof(ChangeCouponState)] = [OperatorRole.Service],
        [nameof(ChangeCouponStock)] = [OperatorRole.Marketing],
        [nameof(ChangeCouponTemplateState)] = [OperatorRole.Marketing],
        [nameof(ChangeMessageTemplate)] = [OperatorRole.Marketing],
        [nameof(ChangeMemberStatus)] = [OperatorRole.Service],
        [nameof(ChangeMemberTag)] = [OperatorRole.Service, OperatorRole.Marketing],
        [nameof(ChangePricePromotionState)] = [OperatorRole.Marketing],
        [nameof(ChangeProductState)] = [OperatorRole.Marketing],
        [nameof(ChangePromotionStage)] = [OperatorRole.Marketing],
        [nameof(ChangeReferralProgramme)] = [OperatorRole.Marketing],
        [nameof(ClonePromotion)] = [OperatorRole.Marketing],
        [nameof(ChangeTag)] = [OperatorRole.Marketing],
        [nameof(CompareBill)] = [OperatorRole.Finance],
        [nameof(CreateBargain)] = [OperatorRole.Marketing],
        [nameof(CreateChannel)] = [OperatorRole.Marketing],
        [nameof(CreateGroupBuy)] = [OperatorRole.Marketing],
        [nameof(CreateTag)] = [OperatorRole.Marketing],
        [nameof(DeleteTag)] = [OperatorRole.Marketing],
        [nameof(GetChannel)] = null,
        [nameof(GetChannelCode)] = null,
        [nameof(GetMemberChannels)] = [OperatorRole.Service, OperatorRole.Marketing],
        [nameof(GetTag)] = null,
        [nameof(ListChannels)] = null,
        [nameof(ListMemberTags)] = [OperatorRole.Service, OperatorRole.Marketing],
        [nameof(ListTags)] = null,
        [nameof(OrderChannelCode)] = [OperatorRole.Marketing],
        [nameof(PreviewGroupBuy)] = [OperatorRole.Marketing],
        [nameof(CreateCouponTemplate)] = [OperatorRole.Marketing],
        [nameof(CreateFlashSale)] = [OperatorRole.Marketing],
        [nameof(CreateFreightTemplate)] = [OperatorRole.Marketing],
        [nameof(CreateLeaderboard)] = [OperatorRole.Marketing],
        [nameof(CreateOperator)] = [],
        [nameof(CreatePricePromotion)] = [OperatorRole.Marketing],
        [nameof(CreateProduct)] = [OperatorRole.Marketing],
        [nameof(CreatePromotion)] = [OperatorRole.Marketing],
        [nameof(DecideReferral)] = [OperatorRole.Marketing],
        [nameof(DecideRefund)] = [OperatorRole.Service, OperatorRole.Finance],
        [nameof(EditCouponTemplate)] = [OperatorRole.Marketing],
        [nameof(EditPricePromotion)] = [OperatorRole.Marketing],
        [nameof(ExcludeFromLeaderboard)] = [OperatorRole.Marketing],
        [nameof(EditPromotion)] = [OperatorRole.Marketing],
        [nameof(ExportCodes)] = [OperatorRole.Marketing],
        [nameof(GetActivity)] = null,
        [nameof(GetExport)] = null,
        [nameof(GetExportFile)] = [OperatorRole.Marketing],
        [nameof(OrderExport)] = [OperatorRole.Marketing],
        [nameof(GetCheckInProgramme)] = null,
        [nameof(GetCodeBatch)] = null,
        [nameof(GetCouponTemplate)] = null,
        [nameof(GetFreightTemplate)] = null,
        [nameof(GetLeaderboardReview)] = null,
        [nameof(GetMessageTemplate)] = null,
        [nameof(GetPayment)] = null,
        [nameof(GetPricePromotion)] = null,
        [nameof(GetProductDetails)] = null,
        [nameof(GetProductImport)] = null,
        [nameof(GetPromotion)] = null,
        [nameof(GetReferralProgramme)] = null,
        [nameof(GetStock)] = null,
        [nameof(GetTiers)] = null,
        [nameof(GetTouchReport)] = null,
        [nameof(GiveRefund)] = [OperatorRole.Service, OperatorRole.Finance],
        [nameof(ImportProducts)] = [OperatorRole.Marketing],
        [nameof(IssueFCodes)] = [OperatorRole.Marketing],
        [nameof(ListActivities)] = null,
        [nameof(ListAllProducts)] = null,
        [nameof(ListAudit)] = null,
        [nameof(ListCodeBatches)] = null,
        [nameof(ListCouponTemplates)] = null,
        [nameof(ListFreightTemplates)] = null,
        [nameof(ListLeaderboards)] = null,
        [nameof(ListImportErrors)] = null,
        [nameof(ListMemberCoupons)] = [OperatorRole.Service],
        [nameof(ListMemberTouches)] = [OperatorRole.Service],
        [nameof(ListOperators)] = [],
        [nameof(ListOrders)] = [OperatorRole.Service, OperatorRole.Finance, OperatorRole.Analyst],
        [nameof(ListPaymentTickets)] = null,
        [nameof(ListPoison)] = null,
        [nameof(ListPriceChanges)] = null,
        [nameof(ListPricePromotions)] = null,
        [nameof(ListPromotions)] = null,
        [nameof(ListReferralReviews)] = null,
        [nameof(ListRefusedGifts)] = [OperatorRole.Service],
        [nameof(ListStockEntries)] = null,
        [nameof(ListStuckRows)] = null,
        [nameof(ListTierChanges)] = [OperatorRole.Service],
        [nameof(ListWaitingAdjustments)] = null,
        [nameof(ListWaitingRefunds)] = [OperatorRole.Service, OperatorRole.Finance],
        [nameof(LookUpMember)] = [OperatorRole.Service],
        [nameof(LookUpOrder)] = [OperatorRole.Service, OperatorRole.Finance],
        [nameof(OrderCouponCodes)] = [OperatorRole.Marketing],
        [nameof(PeekPoison)] = null,
        [nameof(PreviewFlashSale)] = [OperatorRole.Marketing],
        [nameof(PreviewBargain)] = [OperatorRole.Marketing],
        [nameof(PreviewPromotion)] = null,
        [nameof(RedrivePoison)] = [OperatorRole.Service],
        [nameof(ReissueCoupon)] = [OperatorRole.Service],
        [nameof(RejectAdjustment)] = [OperatorRole.Finance],
        [nameof(ReplaceChannel)] = [OperatorRole.Marketing],
        [nameof(ReplaceFreightTemplate)] = [OperatorRole.Marketing],
        [nameof(ReplaceProduct)] = [OperatorRole.Marketing],
        [nameof(ReplaceTiers)] = [OperatorRole.Marketing],
        [nameof(RevokeCodes)] = [OperatorRole.Marketing],
        [nameof(RevokeOperator)] = [],
        [nameof(SettleLeaderboard)] = [OperatorRole.Marketing],
        [nameof(SettlePaymentTicket)] = [OperatorRole.Finance],
        [nameof(ShipOrder)] = [OperatorRole.Service],
        [nameof(ShowDelivery)] = [OperatorRole.Service],
    };

    public static TheoryData<OperatorRole> Roles => [.. Enum.GetValues<OperatorRole>()];

    [Fact]
    public void Every_operator_route_has_its_role_decided_here() => Assert.Equal(
        RolesOf.Keys.Order(StringComparer.Ordinal),
        Endpoint.Of(CallerKind.Operator).Select(endpoint => endpoint.Function).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Roles))]
    public async Task A_role_opens_its_routes_and_no_others(OperatorRole role)
    {
        var console = await shared.Api.OperatorWith(role.ToString().ToLowerInvariant());
        foreach (var endpoint in Endpoint.Of(CallerKind.Operator))
        {
            var needed = RolesOf[endpoint.Function];
            var answer = await console.Send(endpoint.Method, endpoint.Path(new Ids().Next()), key: Phone.NewKey());
            var isOpen = needed is null || needed.Contains(role) || role is OperatorRole.Owner;
            Assert.True(
                isOpen != (answer.StatusCode == HttpStatusCode.Forbidden), $"{role} {endpoint}: {answer.StatusCode}");
            Assert.Equal(isOpen ? null : "operator.role_missing", isOpen ? null : await answer.Code());
            Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task An_analyst_looks_and_changes_nothing()
    {
        var analyst = await shared.Api.OperatorWith("analyst");
        foreach (var endpoint in Endpoint.Of(CallerKind.Operator).Where(endpoint => endpoint.Method != HttpMethod.Get))
        {
            var answer = await analyst.Send(endpoint.Method, endpoint.Path(new Ids().Next()), key: Phone.NewKey());
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{endpoint}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Two_roles_open_the_routes_of_both()
    {
        var console = await shared.Api.OperatorWith("marketing", "service");

        Assert.Equal(
            HttpStatusCode.Created, (await console.Post("/api/operator/coupon-templates", Some.Template())).StatusCode);
        var memberId = (await shared.Newcomer()).MemberId;
        Assert.Equal(
            HttpStatusCode.OK,
            (await console.Put(
                $"/api/operator/members/{memberId}/status", new { status = "frozen", reason = "两个角色" })).StatusCode);
    }
}

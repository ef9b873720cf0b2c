using System.Text.Json.Nodes;
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
using Pond.Points;
using Pond.Pricing;
using Pond.Products;
using Pond.Promotions;
using Pond.Referrals;
using Pond.Reminders;
using Pond.Shares;
using Pond.Tags;
using Pond.Tiers;
using Pond.Touches;

namespace Pond.Tests.OpenApi;

/// <summary>
/// A body in order for every function that takes one: the description shows it, hostile tests start there.
/// </summary>
public static class RequestExamples
{
    private const string Address =
        """
        {"userName":"张三","telNumber":"13800138000","provinceName":"广东省","cityName":"广州市","countyName":"海珠区",
        "detailInfo":"新港中路397号","nationalCode":"440105","isDefault":true}
        """;

    private const string GroupBuy =
        """
        {"name":"三人团","startsAt":"2026-03-02T12:00:00+08:00","endsAt":"2026-03-09T12:00:00+08:00",
        "goods":[{"skuId":"longjing-50","pieces":10,"priceFen":3000,"leaderFen":2800,"newcomerFen":2900}],
        "steps":[{"size":3,"offFen":0},{"size":5,"offFen":300}],"groupMinutes":1440,"seatMinutes":10,
        "piecesPerOrderMax":2,"ordersPerMemberMax":1,"joiners":"anybody","hasMatching":true,"virtualFillBp":null,
        "promotionId":null}
        """;

    private const string Bargain =
        """
        {"name":"龙井砍到底","startsAt":"2026-03-02T12:00:00+08:00","endsAt":"2026-03-09T12:00:00+08:00",
        "skuId":"longjing-50","pieces":10,"shards":1,"startFen":4000,"floorFen":1000,"cuts":10,"hours":24,
        "shareMinBp":2000,"shareMaxBp":5000,"mode":"floorOnly","helpsPerDay":3,"attemptsPerMember":1,
        "isOwnerCutAllowed":true,"newHelpersOnly":false,"hasNewcomerStep":true,"details":"每人限购一件，砍到底价后请尽快下单。",
        "isCountHidden":false,"condition":"none","promotionId":null}
        """;

    private static readonly Dictionary<string, string> ByFunction = new()
    {
        [nameof(StartSession)] = """{"code":"0a1Bcd2e3Fgh4Ij5","scene":"1001","inviteCode":null}""",
        [nameof(RefreshSession)] =
            """{"refreshToken":"00000000000000000000000001.00000000000000000000000002.1.rC5mVZ0n3Yk1wq7JtX9bLsH2eUaPzD4fGiK6oQyRxTc"}""",
        [nameof(BindPhone)] = """{"code":"e31968a7f94cc5ee25fafc2aef2773f0bb8c3937b22520eb8ee345274d00c144"}""",
        [nameof(MergeMembers)] =
            """{"code":"e31968a7f94cc5ee25fafc2aef2773f0bb8c3937b22520eb8ee345274d00c144","confirm":true}""",
        [nameof(ChangeConsents)] = """{"policyVersion":"2026-03-01","marketing":true,"personalization":false}""",
        [nameof(UpdateMe)] = """{"nickname":"小明","birthday":"2000-02-29"}""",
        [nameof(AddAddress)] = Address,
        [nameof(ChangeAddress)] = Address,
        [nameof(ChangeMemberStatus)] = """{"status":"frozen","reason":"异常领券"}""",
        [nameof(RedrivePoison)] = """{"max":32,"reason":"故障已修复"}""",
        [nameof(CreateOperator)] = """{"name":"王店长","roles":["marketing","service"]}""",
        [nameof(CreateCouponTemplate)] =
            """
            {"name":"满30减5","kind":"amountOff","amountFen":500,"offBp":null,"capFen":null,"everyFen":null,"priceFen":null,
            "giftSkuId":null,"thresholdFen":3000,
            "claimFrom":"2026-03-02T12:00:00+08:00","claimUntil":"2026-03-09T12:00:00+08:00","validDays":30,
            "perMember":1,"stock":100,"shards":1,"categoryIds":["green-tea"],"spuIds":null,"skuIds":null,
            "excludedIds":["longjing-50"],"weekdays":["monday","friday"],"fromHour":14,"untilHour":17,
            "audience":"everyone","transferable":true,"promotionId":null}
            """,
        [nameof(EditCouponTemplate)] =
            """
            {"name":"满30减6","kind":"amountOff","amountFen":600,"offBp":null,"capFen":null,"everyFen":null,"priceFen":null,
            "giftSkuId":null,"thresholdFen":3000,
            "claimFrom":"2026-03-02T12:00:00+08:00","claimUntil":"2026-03-09T12:00:00+08:00","validDays":30,
            "perMember":1,"categoryIds":["green-tea"],"spuIds":null,"skuIds":null,
            "excludedIds":["longjing-50"],"weekdays":["monday","friday"],"fromHour":14,"untilHour":17,
            "audience":"everyone","transferable":false,"promotionId":null}
            """,
        [nameof(ChangeCouponStock)] = """{"stock":120}""",
        [nameof(ReissueCoupon)] = """{"reason":"商家责任退款"}""",
        [nameof(ChangeCouponTemplateState)] = """{"state":"published"}""",
        [nameof(OrderCouponCodes)] = """{"count":2,"note":"三月门店海报"}""",
        [nameof(RevokeCodes)] = """{"reason":"海报印错"}""",
        [nameof(AdviseCoupons)] =
            """
            {"lines":[{"skuId":"longjing-50","spuId":"longjing","categoryId":"green-tea","priceFen":4000,"quantity":1}],
            "freightFen":600}
            """,
        [nameof(ChangeCouponState)] = """{"state":"frozen","reason":"异常领券"}""",
        [nameof(ApproveAdjustment)] = """{"reason":"已核对活动名单"}""",
        [nameof(RejectAdjustment)] = """{"reason":"数额有误"}""",
        [nameof(MakeUpCheckIn)] = """{"day":"2026-03-01"}""",
        [nameof(ChangeCheckInProgramme)] =
            """
            {"version":0,"dailyPoints":5,"cycle":"weekly","streakRewards":[{"days":3,"points":10},{"days":7,"points":30}],
            "countRewards":[{"period":"month","days":20,"points":100}],"makeUpCards":3,"makeUpDays":7,"reason":"春茶节"}
            """,
        [nameof(ChangeReferralProgramme)] =
            """
            {"version":0,"isOn":true,"forReferrer":{"points":50,"growth":10},"forFriend":{"points":20},"qualifyDays":30,
            "waitDays":0,"leastFen":100,"referrerDaysMin":0,"friendsPerHourMax":1,"perDayMax":20,"perMonthMax":100,
            "perReferrerMax":1000,"rewardsMax":100000,"reason":"春季老带新"}
            """,
        [nameof(ChangeMessageTemplate)] =
            """
            {"version":0,"templateId":"tmpl_announcement-01","fields":[{"name":"thing1","shows":"title","text":null},
            {"name":"time2","shows":"endsAt","text":null},{"name":"thing3","shows":"remark","text":"点击查看"}],
            "reason":"新品通知"}
            """,
        [nameof(TellSubscriptions)] = """{"results":[{"templateId":"tmpl_announcement-01","result":"accept"}]}""",
        [nameof(SilenceOccasions)] = """{"occasions":["birthday","repurchaseDue"]}""",
        [nameof(OrderExport)] = """{"kind":"channels"}""",
        [nameof(CreatePromotion)] =
            """
            {"name":"春茶节","startsAt":"2026-03-02T12:00:00+08:00","endsAt":"2026-03-09T12:00:00+08:00",
            "hours":[{"weekdays":["friday","saturday"],"fromHour":20,"untilHour":2}],"audience":"newMembers","tierCodes":null,
            "newDays":30,"tagIds":null,"couponsMax":1000,"parts":[{"kind":"couponTemplate","id":"00000000000000000000000001"}],
            "reason":"春茶节筹备"}
            """,
        [nameof(EditPromotion)] =
            """
            {"version":1,"name":"春茶节","startsAt":"2026-03-02T12:00:00+08:00","endsAt":"2026-03-09T12:00:00+08:00",
            "hours":[{"weekdays":["friday","saturday"],"fromHour":20,"untilHour":2}],"audience":"newMembers","tierCodes":null,
            "newDays":30,"tagIds":null,"couponsMax":1000,"parts":[{"kind":"couponTemplate","id":"00000000000000000000000001"}],
            "reason":"春茶节筹备"}
            """,
        [nameof(ChangePromotionStage)] = """{"stage":"archived","version":null,"reason":"不再举办"}""",
        [nameof(ClonePromotion)] = """{"name":"春茶节第二期","reason":"下一期"}""",
        [nameof(CreateTag)] = """{"name":"包裹卡","group":"来源","family":"source","reason":"区分来源"}""",
        [nameof(ChangeTag)] = """{"name":"包裹卡","isRetired":false,"reason":"改个名字"}""",
        [nameof(ChangeMemberTag)] = """{"isOn":true,"expiresAt":"2026-06-01T00:00:00+08:00","reason":"客服核实"}""",
        [nameof(CreateChannel)] =
            """
            {"name":"春茶包裹卡","type":"packageCard","hook":"coupon","printedCount":10000,"tagIds":[],"templateId":null,
            "startsAt":"2026-03-02T00:00:00+08:00","endsAt":"2026-06-01T00:00:00+08:00","reason":"随包裹发放"}
            """,
        [nameof(ReplaceChannel)] =
            """
            {"version":1,"name":"春茶包裹卡","type":"packageCard","hook":"coupon","printedCount":20000,"tagIds":[],
            "templateId":null,"startsAt":"2026-03-02T00:00:00+08:00","endsAt":null,"reason":"加印一万张"}
            """,
        [nameof(DecideReferral)] = """{"isApproved":true,"reason":"已电话核实"}""",
        [nameof(CreateLeaderboard)] =
            """
            {"name":"三月推荐榜","startsAt":"2026-03-01T00:00:00+08:00","endsAt":"2026-03-31T00:00:00+08:00","reviewDays":3,
            "prizes":[{"fromPlace":1,"toPlace":1,"points":500,"honour":"茶友","honourDays":30},{"fromPlace":2,"toPlace":3,"points":100}]}
            """,
        [nameof(ExcludeFromLeaderboard)] =
            """{"sharerId":"00000000000000000000000001","reason":"刷单"}""",
        [nameof(SettleLeaderboard)] = """{"reason":"名单已核对"}""",
        [nameof(HideOnLeaderboard)] = """{"isHidden":true}""",
        [nameof(SettlePaymentTicket)] = """{"how":"ignored","reason":"已线下核实"}""",
        [nameof(CompareBill)] = """{"reason":"财务要求重新核对"}""",
        [nameof(AdjustPoints)] =
            """{"memberId":"00000000000000000000000001","points":100,"reason":"补发签到积分"}""",
        [nameof(AdjustGrowth)] = """{"growth":500,"reason":"线下消费补记"}""",
        [nameof(AssignTier)] = """{"code":"gold","until":"2026-12-31T00:00:00+08:00","reason":"年度体验官"}""",
        [nameof(CreateProduct)] =
            """
            {"spuId":"longjing","categoryId":"green-tea","title":"西湖龙井","description":"明前手工炒制",
            "imageUrls":["https://img.example.com/longjing.jpg"],"freightTemplateId":null,"skus":[
            {"skuId":"longjing-50","specs":[{"property":"净含量","value":"50克"}],"priceFen":4000,"weightGrams":80,
            "volumeCm3":400,"perOrderMax":10,"stockShards":1,"repurchaseCycleDays":30,"packUnits":1}]}
            """,
        [nameof(ReplaceProduct)] =
            """
            {"version":1,"categoryId":"green-tea","title":"碧螺春","description":null,
            "imageUrls":["https://img.example.com/biluochun.jpg"],"freightTemplateId":null,"skus":[
            {"skuId":"biluochun-50","specs":[{"property":"净含量","value":"50克"}],"priceFen":3900,"weightGrams":80,
            "volumeCm3":400,"perOrderMax":null,"stockShards":1,"repurchaseCycleDays":null,"packUnits":1}],
            "reason":"春季调价"}
            """,
        [nameof(ChangeProductState)] = """{"state":"onSale","reason":"新茶上市"}""",
        [nameof(AdjustStock)] = """{"quantity":100,"reason":"到货入库"}""",
        [nameof(PlaceOrder)] =
            """
            {"lines":[{"skuId":"longjing-50","quantity":2}],"couponIds":[],"points":0,
            "addressId":"00000000000000000000000001","quoteToken":"1772423100.rC5mVZ0n3Yk1wq7JtX9bLg","note":"请放门口"}
            """,
        [nameof(CancelOrder)] = """{"reason":"changedMind"}""",
        [nameof(AskRefund)] =
            """{"kind":"moneyOnly","reason":"unwanted","lines":[{"lineNumber":1,"quantity":1}]}""",
        [nameof(SendBackGoods)] = """{"company":"SF","trackingNo":"SF1234567890"}""",
        [nameof(ShipOrder)] =
            """{"company":"SF","trackingNo":"SF1234567890","lineNumbers":[1,2],"reason":"仓库发货"}""",
        [nameof(DecideRefund)] =
            """{"answer":"agree","isMerchantsFault":false,"restockedLines":[1],"reason":"已核实"}""",
        [nameof(GiveRefund)] =
            """
            {"lines":[{"lineNumber":1,"quantity":1}],"hasFreight":true,"isMerchantsFault":true,"restockedLines":[],
            "reason":"商品缺货"}
            """,
        [nameof(CancelOrderOfMember)] = """{"reason":"顾客来电要求取消"}""",
        [nameof(ShowDelivery)] = """{"reason":"打印面单"}""",
        [nameof(ReplaceTiers)] =
            """
            {"version":0,"windowDays":365,"returns":"atReview","tiers":[
            {"code":"member","name":"会员","rank":0,"enterGrowth":0,"keepGrowth":0,"validityDays":0,"graceDays":0,
            "downgrade":"none","benefits":{"discountBp":0,"pointsMultiplierBp":10000,"freeShippingsPerMonth":0,
            "birthdayPoints":0,"enterPoints":0,"enterCouponTemplateIds":[]}},
            {"code":"gold","name":"金卡","rank":10,"enterGrowth":1000,"keepGrowth":800,"validityDays":365,"graceDays":7,
            "downgrade":"oneStep","benefits":{"discountBp":500,"pointsMultiplierBp":15000,"freeShippingsPerMonth":2,
            "birthdayPoints":100,"enterPoints":200,"enterCouponTemplateIds":[]}}],"reason":"新一年的会员方案"}
            """,
        [nameof(QuoteCart)] =
            """{"lines":[{"skuId":"longjing-50","quantity":1}],"couponIds":null,"points":0,"addressId":null}""",
        [nameof(CreatePricePromotion)] =
            """
            {"name":"春茶节","kind":"fullReduction","categoryIds":["green-tea"],"spuIds":null,"skuIds":null,
            "excludedIds":["longjing-50"],"startsAt":"2026-03-02T12:00:00+08:00","endsAt":"2026-03-09T12:00:00+08:00",
            "newMembersOnly":false,"leastTierRank":null,"stacking":{"group":"spring","priority":1,"isExclusive":false,
            "stackableWith":["bundle"]},"usesMax":1000,"usesPerMemberMax":2,"budgetFen":1000000,"offBp":null,
            "priceFen":null,"steps":[{"leastFen":10000,"leastPieces":null,"offFen":1000,"isFreeShipping":false,
            "giftSkuId":null,"points":0,"couponTemplateIds":[]},{"leastFen":20000,"leastPieces":null,"offFen":2500,
            "isFreeShipping":true,"giftSkuId":"gift-cup","points":100,"couponTemplateIds":[]}],"isEvery":false,
            "nth":null,"bundle":null,"promotionId":null}
            """,
        [nameof(EditPricePromotion)] =
            """
            {"name":"春茶节","kind":"fullReduction","categoryIds":["green-tea"],"spuIds":null,"skuIds":null,
            "excludedIds":["longjing-50"],"startsAt":"2026-03-02T12:00:00+08:00","endsAt":"2026-03-09T12:00:00+08:00",
            "newMembersOnly":false,"leastTierRank":null,"stacking":{"group":"spring","priority":1,"isExclusive":false,
            "stackableWith":["bundle"]},"usesMax":1000,"usesPerMemberMax":2,"budgetFen":1000000,"offBp":null,
            "priceFen":null,"steps":[{"leastFen":10000,"leastPieces":null,"offFen":1000,"isFreeShipping":false,
            "giftSkuId":null,"points":0,"couponTemplateIds":[]},{"leastFen":20000,"leastPieces":null,"offFen":2500,
            "isFreeShipping":true,"giftSkuId":"gift-cup","points":100,"couponTemplateIds":[]}],"isEvery":false,
            "nth":null,"bundle":null,"promotionId":null}
            """,
        [nameof(CreateFlashSale)] =
            """
            {"name":"春茶秒杀","skuId":"longjing-50","priceFen":990,"pieces":100,"shards":1,"isHot":false,
            "startsAt":"2026-03-02T12:00:00+08:00","endsAt":"2026-03-02T14:00:00+08:00","perMember":1,"payMinutes":15,
            "isInviteOnly":false,"promotionId":null}
            """,
        [nameof(PreviewFlashSale)] =
            """
            {"name":"春茶秒杀","skuId":"longjing-50","priceFen":990,"pieces":100,"shards":1,"isHot":false,
            "startsAt":"2026-03-02T12:00:00+08:00","endsAt":"2026-03-02T14:00:00+08:00","perMember":1,"payMinutes":15,
            "isInviteOnly":false,"promotionId":null}
            """,
        [nameof(IssueFCodes)] = """{"count":2}""",
        [nameof(ClaimSlot)] = """{"addressId":"00000000000000000000000001","ticket":null,"fCode":null}""",
        [nameof(ChangePricePromotionState)] = """{"state":"published"}""",
        [nameof(CreateGroupBuy)] = GroupBuy,
        [nameof(PreviewGroupBuy)] = GroupBuy,
        [nameof(StartGroup)] = """{"skuId":"longjing-50","quantity":1,"addressId":null,"note":null}""",
        [nameof(JoinGroup)] = """{"skuId":"longjing-50","quantity":1,"addressId":null,"note":null}""",
        [nameof(ChangeActivityState)] = """{"state":"published"}""",
        [nameof(CreateBargain)] = Bargain,
        [nameof(PreviewBargain)] = Bargain,
        [nameof(OrderAttempt)] = """{"addressId":null,"note":null}""",
        [nameof(RemindOfOpening)] = """{"kind":"bargain","objectId":"00000000000000000000000001"}""",
        [nameof(ShareThing)] = """{"kind":"product","id":"longjing","channel":"friend"}""",
        [nameof(CreateFreightTemplate)] =
            """
            {"name":"江浙沪","measure":"weight","rates":
            {"firstUnits":1000,"firstFen":800,"moreUnits":500,"moreFen":200,"freeFromFen":9900,"freeFromPieces":null},
            "regions":[{"provinceCodes":["65","54"],"rates":
            {"firstUnits":1000,"firstFen":800,"moreUnits":500,"moreFen":200,"freeFromFen":null,"freeFromPieces":null}}],
            "excludedProvinces":["71"],"reason":"新快递合同"}
            """,
        [nameof(ReplaceFreightTemplate)] =
            """
            {"version":1,"name":"江浙沪","measure":"weight","rates":
            {"firstUnits":1000,"firstFen":800,"moreUnits":500,"moreFen":200,"freeFromFen":9900,"freeFromPieces":null},
            "regions":[{"provinceCodes":["65","54"],"rates":
            {"firstUnits":1000,"firstFen":800,"moreUnits":500,"moreFen":200,"freeFromFen":null,"freeFromPieces":null}}],
            "excludedProvinces":["71"],"reason":"新快递合同"}
            """,
    };

    /// <summary>A table in order, for whatever takes one.</summary>
    public const string Csv =
        "spuId,skuId,categoryId,title,specs,priceFen,state,stock\r\n"
        + "longjing,longjing-50,green-tea,西湖龙井,净含量=50克,4000,onSale,100\r\n";

    /// <summary>A copy that the caller may change.</summary>
    /// <exception cref="KeyNotFoundException">A function takes a body and has no example here.</exception>
    public static JsonObject Of(string function) => JsonNode.Parse(ByFunction[function])!.AsObject();
}

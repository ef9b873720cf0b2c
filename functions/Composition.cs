using Microsoft.AspNetCore.Http.Json;
using Pond.Activities;
using Pond.Bargains;
using Pond.Channels;
using Pond.CodeImages;
using Pond.Coupons;
using Pond.FlashSales;
using Pond.GroupBuys;
using Pond.Health;
using Pond.Leaderboards;
using Pond.Members;
using Pond.Operators;
using Pond.Orders;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Outbox;
using Pond.Platform.WeChat;
using Pond.Platform.WeChat.Pay;
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

namespace Pond;

/// <summary>Puts the app together: settings, platform, slices.</summary>
public static class Composition
{
    /// <exception cref="SettingsException">Settings are missing or malformed; the message names them all.</exception>
    public static IServiceCollection AddPond(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var problems = new List<string>();
        var session = configuration.Bound<SessionOptions>("Session", problems);
        var personalData = configuration.Bound<PersonalDataOptions>("PersonalData", problems);
        var operators = configuration.Bound<OperatorOptions>("Operators", problems);
        var points = configuration.Bound<PointsOptions>("Points", problems);
        var pricing = configuration.Bound<PricingOptions>("Pricing", problems);
        var codes = configuration.Bound<CouponCodeOptions>("CouponCodes", problems);
        var orders = configuration.Bound<OrderOptions>("Orders", problems);
        var afterSale = configuration.Bound<AfterSaleOptions>("Orders", problems);
        var weChat = configuration.Bound<WeChatOptions>(WeChatOptions.Section, problems);
        var weChatPay = configuration.Bound<WeChatPayOptions>(WeChatPayOptions.Section, problems);
        services.AddStore(configuration, StoreUse.Serving, problems);
        SettingsException.ThrowIfAny(
        [
            .. problems, .. session.Problems(), .. personalData.Problems(),
            .. operators.Problems(environment.IsDevelopment()), .. points.Problems(), .. codes.Problems(),
            .. pricing.Problems(), .. orders.Problems(), .. afterSale.Problems(),
            .. weChat.Problems(environment.IsProduction()), .. weChatPay.Problems(environment.IsProduction()),
        ]);

        services.AddSingleton(session).AddSingleton(personalData).AddSingleton(operators).AddSingleton(points);
        services.AddSingleton(codes);
        services.AddPlatform().AddWeChat(weChat).AddWeChatPay(weChatPay);
        services.AddSingleton<SessionTokens>().AddSingleton<LoginLimits>().AddSingleton<MemberCallers>();
        services.AddSingleton<Identities>().AddSingleton<PersonalData>().AddSingleton<PhoneBinding>();
        services.AddSingleton<Accounts>().AddSingleton<Erasure>().AddSingleton<PhoneProofs>();
        services.AddSingleton<KeyedHashes>().AddSingleton<ClientAddresses>().AddSingleton<MemberNames>();
        services.AddSingleton<Arrivals>().AddSingleton<Birthdays>();
        services.AddSingleton<Survivors>().AddSingleton<Merging>().AddSingleton<Joining>().AddSingleton<OpenIds>();
        services.AddSingleton<MembersOfWeChat>();
        services.AddSingleton<Exports>().AddSingleton<ExportLimits>();
        PersonalRecords[] records =
        [
            .. ConsentRows.Records, .. PointsRecords.All, .. TierRecords.All, .. CouponRecords.All,
            .. ReminderRecords.All, .. UseRows.Records, ShareRows.Records,
        ];
        foreach (var one in records) services.AddSingleton(one);
        services.AddSingleton(PointsRows.InTheWayOfMerges).AddSingleton(WalletRows.InTheWayOfMerges);
        services.AddSingleton<OperatorCallers>().AddSingleton<OperatorNames>();
        services.AddSingleton<OperatorTokens>().AddSingleton<TenantKeys>();
        services.AddSingleton<SpendableLots>().AddSingleton<AdjustmentReviews>().AddSingleton<ValidCoupons>();
        services.AddSingleton<MemberTiers>().AddSingleton<CouponClaims>().AddSingleton<RefusedGifts>();
        services.AddSingleton<ShardOnTemplateChanged>().AddSingleton<ShardOnSlotsLent>();
        services.AddSingleton<CodeMint>().AddSingleton<CodeLimits>().AddSingleton<ShardOnCodeHeld>();
        services.AddSingleton<CodeBatchWork>().AddSingleton<TemplateOnStockLowering>();
        services.AddSingleton<GiftTokens>().AddSingleton<GiftOnGiftOffered>().AddSingleton<CouponReturns>();
        services.AddActivities().AddGroupBuys().AddBargains().AddFlashSales();
        services.AddProducts().AddPricing(pricing).AddOrders(orders, afterSale).AddPayments();
        services.AddSingleton<Readiness>().AddSingleton<ITouchSubject, TierEndingSoon>();
        services.AddOrderPoints().AddOrderCoupons().AddAddresses().AddShares().AddReferrals().AddLeaderboards();
        services.AddTouches().AddReminders().AddPromotions().AddTags().AddChannels().AddCodeImages();
        return services;
    }

    private static IServiceCollection AddPlatform(this IServiceCollection services)
    {
#pragma warning disable RS0030 // this is the place that chooses the clock
        services.AddSingleton(TimeProvider.System);
#pragma warning restore RS0030
        services.AddSingleton<Ids>().AddSingleton<Dice>().AddSingleton<Turns>();
        services.AddSingleton<Transactor>().AddSingleton<DueHints>().AddSingleton<DueSweep>();
        services.AddSingleton<OutboxSender>().AddSingleton<OutboxSweep>().AddSingleton<StuckRows>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<KeyBinding>();
        services.Configure<JsonOptions>(json => ResponseJson.Configure(json.SerializerOptions));
        return services;
    }
}

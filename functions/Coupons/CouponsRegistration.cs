using Pond.Promotions;
using Pond.Shares;
using Pond.Touches;

namespace Pond.Coupons;

/// <summary>What this slice adds to the app for others.</summary>
internal static class CouponsRegistration
{
    public static IServiceCollection AddOrderCoupons(this IServiceCollection services) =>
        services.AddSingleton<OrderCoupons>().AddSingleton<OrderGiftDesk>().AddSingleton<CouponGrants>()
            .AddSingleton<IShareable, ShareableCoupons>().AddSingleton<ITouchSubject, CouponsEndingSoon>()
            .AddSingleton<IPromotable, PromotedTemplates>();
}

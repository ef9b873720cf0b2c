namespace Pond.Coupons;

/// <summary>What this slice adds to the app for orders.</summary>
internal static class CouponsRegistration
{
    public static IServiceCollection AddOrderCoupons(this IServiceCollection services) =>
        services.AddSingleton<OrderCoupons>().AddSingleton<OrderGiftDesk>();
}

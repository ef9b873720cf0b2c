namespace Pond.Points;

/// <summary>What this slice adds to the app for orders.</summary>
internal static class PointsRegistration
{
    public static IServiceCollection AddOrderPoints(this IServiceCollection services) =>
        services.AddSingleton<OrderPoints>();
}

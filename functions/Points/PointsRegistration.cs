using Pond.Touches;

namespace Pond.Points;

/// <summary>What this slice adds to the app for others.</summary>
internal static class PointsRegistration
{
    public static IServiceCollection AddOrderPoints(this IServiceCollection services) =>
        services.AddSingleton<OrderPoints>().AddSingleton<ITouchSubject, PointsEndingSoon>();
}

using Pond.Members;

namespace Pond.Touches;

/// <summary>What this slice brings into the app.</summary>
internal static class TouchesRegistration
{
    public static IServiceCollection AddTouches(this IServiceCollection services)
    {
        foreach (var records in TouchRows.Records) services.AddSingleton(records);
        return services.AddSingleton<TouchSubjects>().AddSingleton<PushDesk>();
    }
}

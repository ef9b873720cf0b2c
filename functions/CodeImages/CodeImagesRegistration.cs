namespace Pond.CodeImages;

/// <summary>What this slice brings into the app.</summary>
internal static class CodeImagesRegistration
{
    public static IServiceCollection AddCodeImages(this IServiceCollection services) =>
        services.AddSingleton<SceneCodes>();
}

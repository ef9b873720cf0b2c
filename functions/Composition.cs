using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Pond.Coupons;
using Pond.Health;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Local;
using Pond.Platform.Outbox;
using Pond.Platform.WeChat;
using Pond.Points;

namespace Pond;

/// <summary>Puts the app together: settings, platform, slices.</summary>
public static class Composition
{
    /// <exception cref="SettingsException">Settings are missing or malformed; the message names them all.</exception>
    public static IServiceCollection AddPond(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var session = configuration.Bound<SessionOptions>("Session");
        var personalData = configuration.Bound<PersonalDataOptions>("PersonalData");
        var operators = configuration.Bound<OperatorOptions>("Operators");
        var points = configuration.Bound<PointsOptions>("Points");
        var weChat = configuration.Bound<WeChatOptions>(WeChatOptions.Section);
        SettingsException.ThrowIfAny(
        [
            .. session.Problems(), .. personalData.Problems(), .. operators.Problems(), .. points.Problems(),
            .. weChat.Problems(environment.IsProduction()),
        ]);

        services.AddSingleton(session).AddSingleton(personalData).AddSingleton(operators).AddSingleton(points);
        services.AddPlatform(configuration).AddWeChat(configuration);
        services.AddSingleton<SessionTokens>().AddSingleton<LoginLimits>().AddSingleton<MemberCallers>();
        services.AddSingleton<Identities>().AddSingleton<PersonalData>();
        services.AddSingleton<OperatorCallers>();
        services.AddSingleton<ShardOnTemplateChanged>().AddSingleton<ShardOnSlotsLent>();
        services.AddSingleton<Readiness>();
        return services;
    }

    private static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration)
    {
#pragma warning disable RS0030 // this is the place that chooses the clock
        services.AddSingleton(TimeProvider.System);
#pragma warning restore RS0030
        services.AddSingleton<Ids>().AddSingleton<Dice>().AddSingleton<Turns>();
        services.AddSingleton<Transactor>().AddSingleton<DueHints>();
        services.AddSingleton<OutboxSender>().AddSingleton<OutboxSweep>().AddSingleton<Inbox>();
        services.AddSingleton<KeyBinding>();
        services.AddEmbeddedStore(configuration);
        services.Configure<JsonOptions>(json => ResponseJson.Configure(json.SerializerOptions));
        return services;
    }

    private static T Bound<T>(this IConfiguration configuration, string section)
        where T : class, new() => configuration.GetSection(section).Get<T>() ?? new T();
}

/// <summary>Settings that keep the app from starting.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception("The settings do not do:\n- " + string.Join("\n- ", problems))
{
    public static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0) throw new SettingsException(problems);
    }
}

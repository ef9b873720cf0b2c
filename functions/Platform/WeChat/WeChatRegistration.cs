using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Pond.Platform.WeChat;

/// <summary>Wires the client of WeChat's open API.</summary>
public static class WeChatRegistration
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Adds <see cref="WeChatApi"/> and <see cref="AccessTokens"/>. The clock, the dice and logging must be there.
    /// </summary>
    public static IServiceCollection AddWeChat(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(WeChatOptions.Section).Get<WeChatOptions>() ?? new();
        services.AddSingleton(options);
        services.AddHttpClient<WeChatCalls>(http =>
            {
                http.BaseAddress = new(options.ApiBase);
                http.Timeout = WeChatCalls.TryTimeout;
                http.MaxResponseContentBufferSize = WeChatCalls.AnswerBytesMax;
            })
            .ConfigurePrimaryHttpMessageHandler(NewHandler)
            // Singletons keep their client; the handler renews connections.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers(); // they print addresses, and ours hold secrets
        services.AddSingleton<WeChatApi>();
        services.AddSingleton<AccessTokens>();
        return services;
    }

    private static SocketsHttpHandler NewHandler() => new()
    {
        ActivityHeadersPropagator = null, // no trace sees the address either, and none goes to WeChat
        AllowAutoRedirect = false,
        PooledConnectionLifetime = ConnectionLifetime,
        UseCookies = false,
        UseProxy = false,
    };
}

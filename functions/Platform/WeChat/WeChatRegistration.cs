using Microsoft.Extensions.DependencyInjection;

namespace Pond.Platform.WeChat;

/// <summary>Wires the client of WeChat's open API.</summary>
public static class WeChatRegistration
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Adds <see cref="WeChatApi"/>, <see cref="WeChatPhones"/>, <see cref="ShippingInfos"/>,
    /// <see cref="MiniProgramCodes"/>, <see cref="SubscribeMessages"/>, <see cref="WeChatPushes"/> and
    /// <see cref="AccessTokens"/>; the clock, the dice and logging must be there. Whether the settings are sound,
    /// <see cref="WeChatOptions.Problems"/> says: ask it at the start.
    /// </summary>
    public static IServiceCollection AddWeChat(this IServiceCollection services, WeChatOptions options)
    {
        services.AddSingleton(options);
        services.AddClient<WeChatCalls>(options, WeChatCalls.TryTimeout, WeChatCalls.AnswerBytesMax);
        services.AddClient<MiniProgramCodes>(
            options, MiniProgramCodes.TryTimeout, MiniProgramCodes.ImageBytesMax);
        services.AddSingleton<WeChatApi>();
        services.AddSingleton<AccessTokens>().AddSingleton<WeChatPhones>().AddSingleton<ShippingInfos>();
        services.AddSingleton<SubscribeMessages>().AddSingleton<WeChatPushes>();
        return services;
    }

    private static void AddClient<TClient>(
        this IServiceCollection services, WeChatOptions options, TimeSpan timeout, int answerBytesMax)
        where TClient : class =>
        services.AddHttpClient<TClient>(http =>
            {
                http.BaseAddress = new(options.ApiBase);
                http.Timeout = timeout;
                http.MaxResponseContentBufferSize = answerBytesMax;
            })
            .ConfigurePrimaryHttpMessageHandler(NewHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // singletons keep their client: connections age instead
            .RemoveAllLoggers(); // they print addresses, and ours hold secrets

    private static SocketsHttpHandler NewHandler() => new()
    {
        ActivityHeadersPropagator = null, // no trace sees the address either, and none goes to WeChat
        AllowAutoRedirect = false,
        PooledConnectionLifetime = ConnectionLifetime,
        UseCookies = false,
        UseProxy = false,
    };
}

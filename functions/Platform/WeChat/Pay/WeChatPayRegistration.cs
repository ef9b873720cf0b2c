using Microsoft.Extensions.DependencyInjection;

namespace Pond.Platform.WeChat.Pay;

/// <summary>Wires the client of WeChat Pay.</summary>
public static class WeChatPayRegistration
{
    /// <summary>Names the HTTP client of calls.</summary>
    public const string Calls = "WeChatPay";

    /// <summary>Names the HTTP client of certificates, for which a notification may be waiting.</summary>
    public const string Certificates = "WeChatPayCertificates";

    /// <summary>Names the HTTP client of bills.</summary>
    public const string Bills = "WeChatPayBills";

    public const int AnswerBytesMax = 256 * 1024;

    /// <summary>Some 150,000 lines.</summary>
    public const int BillBytesMax = 64 * 1024 * 1024;

    /// <summary>Of one try, body included.</summary>
    public static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(10);

    /// <summary>WeChat waits five seconds for the answer to a notification.</summary>
    public static readonly TimeSpan CertificatesTimeout = TimeSpan.FromSeconds(3);

    public static readonly TimeSpan BillTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Adds <see cref="WeChatPay"/> and <see cref="PayNotifications"/>; <see cref="WeChatOptions"/>, the clock, the
    /// dice, the ids and logging must be there. Whether the settings are sound,
    /// <see cref="WeChatPayOptions.Problems"/> says: ask it at the start.
    /// </summary>
    public static IServiceCollection AddWeChatPay(this IServiceCollection services, WeChatPayOptions options)
    {
        services.AddSingleton(options);
        AddClient(services, Calls, TryTimeout, AnswerBytesMax);
        AddClient(services, Certificates, CertificatesTimeout, AnswerBytesMax);
        AddClient(services, Bills, BillTimeout, BillBytesMax);
        services.AddSingleton<PaySigner>().AddSingleton<PaySender>();
        services.AddSingleton<PlatformCertificates>().AddSingleton<PayKeys>().AddSingleton<PayCalls>();
        services.AddSingleton<WeChatPay>().AddSingleton<PayNotifications>();
        return services;
    }

    private static void AddClient(IServiceCollection services, string name, TimeSpan timeout, int bytesMax) =>
        services.AddHttpClient(name, http =>
            {
                http.Timeout = timeout;
                http.MaxResponseContentBufferSize = bytesMax;
                http.DefaultRequestHeaders.UserAgent.Add(new("Pond", null)); // WeChat turns calls without one away
                http.DefaultRequestHeaders.Accept.Add(new("application/json"));
            })
            .ConfigurePrimaryHttpMessageHandler(NewHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // connections age instead
            .RemoveAllLoggers(); // they print addresses, and ours hold numbers of orders

    private static SocketsHttpHandler NewHandler() => new()
    {
        ActivityHeadersPropagator = null, // no trace sees the address either, and none goes to WeChat
        AllowAutoRedirect = false,
        PooledConnectionLifetime = ConnectionLifetime,
        UseCookies = false,
        UseProxy = false,
    };
}

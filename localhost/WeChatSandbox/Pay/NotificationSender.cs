using System.Globalization;
using System.Net;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Carries notifications to the merchant's app.</summary>
internal sealed class NotificationSender(
    NotificationQueue queue,
    NotificationLevers levers,
    PlatformKeys keys,
    TimeProvider clock,
    HttpMessageHandler? network = null) : IDisposable
{
    /// <summary>How a signature begins by which WeChat finds out whether an app verifies at all.</summary>
    public const string ProbePrefix = "WECHATPAY/SIGNTEST/";

    private const string UnknownSerial = "7777777777777777777777777777777777777777";
    private const int NonceChars = 32;

    private readonly HttpClient http = new(network ?? new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Where they really go; null goes where the merchant said.</summary>
    public Uri? NotifyTo { get; set; }

    /// <summary>An answer that takes longer is none.</summary>
    public TimeSpan AnswerTimeMax { get; set; } = TimeSpan.FromSeconds(5);

    public void Dispose() => http.Dispose();

    /// <summary>Sends what is due now, each once, one after the other.</summary>
    /// <returns>How many attempts were made.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        var due = queue.TakeDue();
        var copies = 1 + levers.Duplicates;
        foreach (var notification in levers.NewestFirst ? due.Reverse() : due)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => Send(notification, cancel)));
            if (answers.Any(status => status is HttpStatusCode.OK or HttpStatusCode.NoContent))
                queue.Settle(notification.Id);
        }

        return due.Count * copies;
    }

    /// <summary>What looks like a notification, with a signature that is none.</summary>
    public Task<HttpStatusCode?> SendProbe(PendingNotification notification, CancellationToken cancel)
    {
        var noise = Convert.ToBase64String(RandomNumberGenerator.GetBytes(256));
        var (serial, _) = keys.Sign("", askedFor: null);
        return Post(notification, Now(), serial, ProbePrefix + noise, cancel);
    }

    private Task<HttpStatusCode?> Send(PendingNotification notification, CancellationToken cancel)
    {
        var timestamp = Now();
        var nonce = RandomNumberGenerator.GetHexString(NonceChars);
        var body = levers.TakeWrongSignature() ? notification.Body + " " : notification.Body;
        var (serial, signature) = keys.Sign($"{timestamp}\n{nonce}\n{body}\n", askedFor: null);
        return Post(
            notification, timestamp, levers.TakeUnknownSerial() ? UnknownSerial : serial, signature, cancel, nonce);
    }

    /// <returns>Null when there was no answer in time.</returns>
    private async Task<HttpStatusCode?> Post(
        PendingNotification notification,
        string timestamp,
        string serial,
        string signature,
        CancellationToken cancel,
        string? nonce = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Target(notification.NotifyUrl));
        request.Content = new StringContent(notification.Body, Encoding.UTF8, MediaTypeNames.Application.Json);
        request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/4.0");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("Wechatpay-Timestamp", timestamp);
        request.Headers.TryAddWithoutValidation(
            "Wechatpay-Nonce", nonce ?? RandomNumberGenerator.GetHexString(NonceChars));
        request.Headers.TryAddWithoutValidation("Wechatpay-Serial", serial);
        request.Headers.TryAddWithoutValidation("Wechatpay-Signature", signature);
        request.Headers.TryAddWithoutValidation("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(AnswerTimeMax);
        try
        {
            using var response = await http.SendAsync(request, patience.Token);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private Uri Target(Uri notifyUrl) => NotifyTo is null ? notifyUrl : new(NotifyTo, notifyUrl.AbsolutePath);

    private string Now() => clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}

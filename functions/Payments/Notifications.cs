using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.WeChat.Pay;

namespace Pond.Payments;

/// <summary>What the notifications of WeChat Pay have in common.</summary>
public sealed class Notifications(PayNotifications pay, Tickets tickets, TimeProvider clock)
{
    /// <summary>How long keeping one may take: WeChat waits five seconds.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(2);

    /// <summary>Reads what came in as WeChat signed it, keeps it, and answers.</summary>
    /// <exception cref="ProblemException">It is not WeChat's, or too large.</exception>
    /// <exception cref="ContendedException">It is not known whether it is kept.</exception>
    public async Task<IResult> Answer<T>(
        HttpRequest request,
        string name,
        Func<PayNotifications, PayNotification, CancellationToken, Task<T?>> read,
        Func<T, CancellationToken, Task> keep,
        CancellationToken cancel)
        where T : class
    {
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            if (await read(pay, await Raw(request, either.Token), either.Token) is not { } news)
                throw new ProblemException(PaymentRefusals.BadNotification);
            await keep(news, either.Token);
            return Results.NoContent();
        }
        catch (WeChatPayUnavailableException)
        {
            throw new ProblemException(PaymentRefusals.NoAnswer);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new ContendedException(name);
        }
    }

    /// <summary>It is WeChat's, and nothing of ours: a person looks at it, and WeChat need not come again.</summary>
    public Task Trouble(TicketKind kind, PaymentNews news, CancellationToken cancel) =>
        tickets.Open(PaymentTicket.Of(kind, news, clock.GetUtcNow()), cancel);

    /// <summary>The same of a refund.</summary>
    public Task Trouble(TicketKind kind, RefundNews news, CancellationToken cancel) =>
        tickets.Open(PaymentTicket.Of(kind, news, clock.GetUtcNow()), cancel);

    private static async Task<PayNotification> Raw(HttpRequest request, CancellationToken cancel)
    {
        var tooLarge = new ProblemException(PaymentRefusals.NotificationTooLarge)
        {
            Status = StatusCodes.Status413PayloadTooLarge,
        };
        const int BytesMax = PayNotifications.BodyBytesMax;
        if (request.ContentLength > BytesMax) throw tooLarge;

        // One more tells a longer body.
        var buffer = new byte[Math.Min(request.ContentLength ?? BytesMax, BytesMax) + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        if (length > BytesMax) throw tooLarge;
        return new PayNotification(
            Single(request, "Wechatpay-Timestamp"),
            Single(request, "Wechatpay-Nonce"),
            Single(request, "Wechatpay-Signature"),
            Single(request, "Wechatpay-Serial"),
            buffer.AsMemory(0, length));
    }

    // Said twice, nobody knows which one was signed.
    private static string? Single(HttpRequest request, string name) =>
        request.Headers[name] is [{ } value] ? value : null;
}

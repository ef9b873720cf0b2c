using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.WeChat.Pay;

namespace Pond.Payments;

/// <summary>PAY-05: WeChat says what has become of a refund; the same as if it had answered so.</summary>
public sealed class NotifyRefund(Notifications notifications, Transactor transactor)
{
    private const string Route = "wechat/pay/refund-notifications";

    /// <summary>Where WeChat is told to come.</summary>
    public const string Path = "/api/" + Route;

    [Function(nameof(NotifyRefund))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("微信退款结果通知"), Tags("微信回调")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        CancellationToken cancel) =>
        notifications.Answer(
            request, nameof(NotifyRefund), (pay, raw, stop) => pay.ReadRefund(raw, stop), Keep, cancel);

    private async Task Keep(RefundNews news, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            PaymentRows.Book(news.OutTradeNo),
            new Operation(nameof(NotifyRefund), $"{news.RefundNo} {news.RefundId} {news.Status}", Fingerprint: null),
            (book, now) => book.Payment is null ? PaymentRefusals.Missing : RefundNewsRules.Hear(book, news, now),
            cancel);
        if (decision.Refusal == PaymentRefusals.Missing)
            await notifications.Trouble(TicketKind.StrangeRefund, news, cancel);
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;
using Pond.Platform.WeChat.Pay;

namespace Pond.Payments;

/// <summary>
/// PAY-02: WeChat says that somebody has paid. It is verified, kept in one commit and answered; everything else follows
/// by messages. Whatever is not certain is answered with 503, and WeChat comes again.
/// </summary>
public sealed class NotifyPayment(Notifications notifications, PaymentChecks checks, PayerHashes payers)
{
    private const string Route = "wechat/pay/notifications";

    /// <summary>Where WeChat is told to come.</summary>
    public const string Path = "/api/" + Route;

    [Function(nameof(NotifyPayment))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("微信支付结果通知"), Tags("微信回调")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        CancellationToken cancel) =>
        notifications.Answer(
            request, nameof(NotifyPayment), (pay, raw, stop) => pay.ReadPayment(raw, stop), Keep, cancel);

    private async Task Keep(Transaction transaction, CancellationToken cancel)
    {
        var decision = await checks.Pay(transaction, nameof(NotifyPayment), cancel);
        if (decision.Refusal == PaymentRefusals.Missing)
            await notifications.Trouble(TicketKind.StrangePayment, payers.NewsOf(transaction), cancel);
    }
}

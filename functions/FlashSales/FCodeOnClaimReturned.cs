using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Outbox;

namespace Pond.FlashSales;

/// <summary>INV-05: an F code whose claim is over can be used again.</summary>
public sealed class FCodeOnClaimReturned(Inbox inbox, FCodeDesk codes)
{
    [Function(nameof(FCodeOnClaimReturned))]
    public Task Run(
        [QueueTrigger(FlashSaleMessages.CodeBackQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<FCodeBackV1>(
            nameof(FCodeOnClaimReturned), FlashSaleMessages.CodeBackQueue, message, codes.GiveBack, cancel);
}

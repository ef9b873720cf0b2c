using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>CPN-07: ends a member's hold of a code: redeemed, or free again.</summary>
public sealed class CodeOnCodeSettled(Inbox inbox, Transactor transactor)
{
    [Function(nameof(CodeOnCodeSettled))]
    public Task Run(
        [QueueTrigger(CouponMessages.CodeSettlementQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<CodeSettledV1>(
            nameof(CodeOnCodeSettled), CouponMessages.CodeSettlementQueue, message, Settle, cancel);

    private async Task<Refusal?> Settle(CodeSettledV1 settled, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            CodeRows.Code(settled.CodeKey), operation, (code, _) => CodeRules.Settle(code, settled), cancel);
        return decision.Refusal;
    }
}

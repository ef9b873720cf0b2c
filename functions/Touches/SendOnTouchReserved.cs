using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Platform.WeChat;

namespace Pond.Touches;

/// <summary>TCH-05: sends a touch at most once: whoever has begun and not ended is followed by nobody.</summary>
public sealed class SendOnTouchReserved(
    Inbox inbox,
    Transactor transactor,
    PartitionStore store,
    TouchSubjects subjects,
    OpenIds openIds,
    SubscribeMessages weChat,
    Ids ids)
{
    [Function(nameof(SendOnTouchReserved))]
    public Task Run(
        [QueueTrigger(TouchSendMessages.SendQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<TouchReservedV1>(
            nameof(SendOnTouchReserved), TouchSendMessages.SendQueue, message, Send, cancel);

    // Each run is an operation of its own: what another one has begun must not look as if this one had.
    private async Task<Refusal?> Send(TouchReservedV1 reserved, Operation operation, CancellationToken cancel)
    {
        var (memberId, key) = (reserved.MemberId, reserved.TouchKey);
        if (await TouchRows.Find(store, memberId, key, cancel) is not { } seen) return null;

        var openId = await openIds.Of(memberId, cancel);
        var stands = openId is not null && await subjects.Stands(memberId, seen, cancel);
        var begun = await transactor.Run(
            TouchRows.Of(memberId, key),
            new Operation(nameof(SendOnTouchReserved), ids.Next(), Fingerprint: null),
            (desk, now) => SendRules.Begin(desk, key, stands, now),
            cancel);
        if (begun.Facts is not [{ Moves: [{ After: { State: TouchState.Sending } touch }] }]) return null;

        var outcome = await weChat.Send(
            new SubscribeMessage(openId!, touch.Sending!.TemplateId, touch.Page, touch.Sending.Data), cancel);
        var ended = await transactor.Run(
            TouchRows.Of(memberId, key),
            new Operation(nameof(SendOnTouchReserved), ids.Next(), Fingerprint: null),
            (desk, now) => SendRules.End(desk, key, outcome, now),
            cancel);
        return ended.Refusal;
    }
}

using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Channels;

/// <summary>CHN-02: somebody has logged in by a channel's code, whoever they are by now.</summary>
public sealed class VisitOnMemberScanned(Inbox inbox, Survivors survivors, PartitionStore store)
{
    [Function(nameof(VisitOnMemberScanned))]
    public Task Run(
        [QueueTrigger(MemberMessages.ScanQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<MemberScannedV1>(nameof(VisitOnMemberScanned), MemberMessages.ScanQueue, message, Hear, cancel);

    private async Task<Refusal?> Hear(MemberScannedV1 scanned, Operation operation, CancellationToken cancel)
    {
        var channelId = ChannelScenes.IdIn(scanned.Scene);
        if (await ChannelRows.Find(store, channelId, cancel) is not { } channel) return ChannelRefusals.Missing;

        var scan = new Scan(scanned.MemberId, scanned.IsNew, scanned.At);
        var decision = await survivors.Run(
            scanned.MemberId,
            memberId => ScanRows.Of(memberId, channel.Id),
            operation,
            (desk, _) => ChannelRules.Hear(desk, scan, channel),
            cancel);
        return decision.Refusal;
    }
}

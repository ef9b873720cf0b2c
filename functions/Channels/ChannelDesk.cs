using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Tags;

namespace Pond.Channels;

/// <summary>Writes channels. The tags that one names are in use before it is there.</summary>
public sealed class ChannelDesk(
    Transactor transactor, PartitionStore store, TagUses tags, TimeProvider clock)
{
    public async Task<Decision<ChannelWritten>> Write(
        Channel wanted, Operation operation, string operatorId, string reason, CancellationToken cancel)
    {
        var seen = await ChannelRows.Find(store, wanted.Id, cancel);
        var isNew = wanted.Version == 0; // made by this very key before, it is the record that answers
        if (!isNew
            && ChannelRules.Write(seen, wanted, operatorId, reason, clock.GetUtcNow()).Refusal is { } whyNot)
            return whyNot; // before the tags are in use
        if (await tags.UseSources(wanted.Terms.TagIds, cancel) is { } why) return why;

        return await transactor.Run(
            ChannelRows.Of(wanted.Id),
            operation,
            (before, now) => ChannelRules.Write(before, wanted, operatorId, reason, now),
            cancel);
    }
}

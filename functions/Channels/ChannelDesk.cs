using Pond.Kernel;
using Pond.Platform;
using Pond.Tags;

namespace Pond.Channels;

/// <summary>Writes channels. The tags that one names are in use before it is there.</summary>
public sealed class ChannelDesk(Transactor transactor, TagUses tags)
{
    public async Task<Decision<ChannelWritten>> Write(
        Channel wanted, Operation operation, string operatorId, string reason, CancellationToken cancel)
    {
        foreach (var tagId in wanted.Terms.TagIds)
        {
            if (await tags.UseSource(tagId, cancel) is { } why) return why;
        }

        return await transactor.Run(
            ChannelRows.Of(wanted.Id),
            operation,
            (before, now) => ChannelRules.Write(before, wanted, operatorId, reason, now),
            cancel);
    }
}

using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>
/// Writes down that a tag is in use, before it is used: nobody deletes it from then on. For whatever names a tag.
/// </summary>
public sealed class TagUses(Transactor transactor, PartitionStore store, Ids ids, TimeProvider clock)
{
    /// <summary>
    /// Why a channel cannot put these tags on, or null: then they stay for as long as they are named. A no leaves
    /// nothing.
    /// </summary>
    public async Task<Refusal?> UseSources(IReadOnlyList<string> tagIds, CancellationToken cancel)
    {
        foreach (var tagId in tagIds)
        {
            var seen = new TagDesk(TagCount.None, await TagRows.Find(store, tagId, cancel));
            if (TagRules.Use(seen, TagFamily.Source, clock.GetUtcNow()).Refusal is { } why) return why;
        }

        foreach (var tagId in tagIds)
        {
            if ((await Use(tagId, TagFamily.Source, cancel)).WhyNot is { } why) return why;
        }

        return null;
    }

    /// <summary>The tag, which stays from now on; or why it cannot be used.</summary>
    /// <param name="family">The one that it has to be of; null for any.</param>
    internal async Task<(Tag? Tag, Refusal? WhyNot)> Use(string tagId, TagFamily? family, CancellationToken cancel)
    {
        if (await TagRows.Find(store, tagId, cancel) is not { } tag) return (null, TagRefusals.Missing);

        var decision = await transactor.Run(
            TagRows.Of(tagId),
            new Operation(nameof(TagUses), ids.Next(), Fingerprint: null), // the state tells what is done
            (desk, now) => TagRules.Use(desk, family, now),
            cancel);
        return decision.Refusal is { } why ? (null, why) : (tag, null);
    }
}

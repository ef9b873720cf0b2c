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
    public Task<Refusal?> UseSources(IReadOnlyList<string> tagIds, CancellationToken cancel) =>
        UseAll(tagIds, TagFamily.Source, cancel);

    /// <summary>
    /// Why members cannot be told apart by these tags, or null: then they stay. One that is out of use still tells who
    /// has it. A no leaves nothing.
    /// </summary>
    public async Task<Refusal?> UseToTell(IReadOnlyList<string> tagIds, CancellationToken cancel)
    {
        var unused = new List<string>();
        foreach (var tagId in tagIds)
        {
            if (await TagRows.Find(store, tagId, cancel) is not { UsedAt: not null }) unused.Add(tagId);
        }

        return await UseAll(unused, family: null, cancel);
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

    private async Task<Refusal?> UseAll(IReadOnlyList<string> tagIds, TagFamily? family, CancellationToken cancel)
    {
        foreach (var tagId in tagIds)
        {
            var seen = new TagDesk(TagCount.None, await TagRows.Find(store, tagId, cancel));
            if (TagRules.Use(seen, family, clock.GetUtcNow()).Refusal is { } why) return why;
        }

        foreach (var tagId in tagIds)
        {
            if ((await Use(tagId, family, cancel)).WhyNot is { } why) return why;
        }

        return null;
    }
}

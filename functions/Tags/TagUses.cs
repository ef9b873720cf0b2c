using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>
/// Writes down that a tag is in use, before it is used: nobody deletes it from then on. For whatever names a tag.
/// </summary>
public sealed class TagUses(Transactor transactor, PartitionStore store, Ids ids)
{
    /// <summary>Why a channel cannot put this tag on, or null: then it stays for as long as it is named.</summary>
    public async Task<Refusal?> UseSource(string tagId, CancellationToken cancel) =>
        (await Use(tagId, TagFamily.Source, cancel)).WhyNot;

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

using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>Tells what tags a member has. For other slices, such as one that picks whom to write to.</summary>
public sealed class MemberTags(PartitionStore store, TimeProvider clock)
{
    /// <summary>The ids of the tags that the member has now.</summary>
    public async Task<IReadOnlySet<string>> Of(string memberId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var tags = await MemberTagRows.Read(store, memberId, cancel);
        return tags.Where(tag => tag.IsLive(now)).Select(tag => tag.TagId).ToHashSet(StringComparer.Ordinal);
    }
}

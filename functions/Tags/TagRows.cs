using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>
/// Partition <c>{spread}:tags</c>: the row <c>tags</c>, which counts, is the head, and <c>tag:{id}</c> each tag.
/// </summary>
public static class TagRows
{
    public const string Prefix = "tag";

    private const string Head = "tags";
    private const int SpreadChars = 4;

    public static readonly string Partition = $"{Keys.Hash(Head)[..SpreadChars]}:{Head}";

    public static Layout<TagDesk, TagEvent> Of(string tagId) => new(
        Partition,
        Head,
        [new Load.One(Row(tagId))],
        Read: rows => new TagDesk(rows.Find<TagCount>(Head) ?? TagCount.None, rows.Find<Tag>(Row(tagId))),
        Write: Rows,
        Evolve: TagRules.Evolve,
        Announce: Announce);

    /// <summary>The tag, or null when there is none, or the id is none at all.</summary>
    public static async Task<Tag?> Find(PartitionStore store, string tagId, CancellationToken cancel) =>
        Ids.IsId(tagId) ? await store.Find<Tag>(Partition, Row(tagId), cancel) : null;

    private static string Row(string tagId) => $"{Prefix}:{tagId}";

    private static IEnumerable<StateRow> Rows(TagDesk desk)
    {
        yield return new StateRow(Head, desk.Count);
        if (desk.Tag is { } tag) yield return new StateRow(Row(tag.Id), tag);
    }

    private static IEnumerable<Message> Announce(TagEvent fact) => fact switch
    {
        TagEvent.Created { Tag: var tag } created =>
        [
            Acted(created.OperatorId, "tag.create", tag.Id, created.Reason, null, Stored.Write(tag), tag.CreatedAt),
        ],
        TagEvent.Changed changed =>
        [
            Acted(
                changed.OperatorId, "tag.change", changed.After.Id, changed.Reason, Stored.Write(changed.Before),
                Stored.Write(changed.After), changed.At),
        ],
        TagEvent.Deleted { Tag: var tag } deleted =>
            [Acted(deleted.OperatorId, "tag.delete", tag.Id, "", Stored.Write(tag), "deleted", deleted.At)],
        _ => [],
    };

    private static Message Acted(
        string operatorId, string action, string tagId, string reason, string? before, string after,
        DateTimeOffset at) =>
        OperatorMessages.Acted(new OperatorActedV1(operatorId, action, tagId, reason, before, after, at));
}

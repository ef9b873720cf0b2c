using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>Rows in the member's partition, beside its head: <c>tag:{tagId}</c> each tag that the member has.</summary>
public static class MemberTagRows
{
    public const string Prefix = "tag";

    /// <summary>The sweep of tags that end.</summary>
    public const string EndsDue = "tag-ends";

    /// <summary>What this slice keeps of a member, for the member to take along.</summary>
    public static readonly PersonalRecords Records = PersonalRecords.Under<MemberTag>("tags", Prefix);

    public static Layout<MemberTagDesk, MemberTagEvent> Of(string memberId) => new(
        MemberRows.Partition(memberId),
        MemberRows.Head,
        [new Load.Under(Prefix)],
        Read: rows => new MemberTagDesk(MemberStanding.In(rows), rows.Under<MemberTag>(Prefix)),
        Write: desk => desk.Tags.Select(tag => new StateRow($"{Prefix}:{tag.TagId}", tag)),
        Evolve: MemberTagRules.Evolve,
        Announce: Announce,
        Due: desk => desk.Tags.Min(tag => tag.ExpiresAt) is { } at ? [new Deadline(EndsDue, at)] : []);

    /// <summary>What lies there, ended or not.</summary>
    public static async Task<IReadOnlyList<MemberTag>> Read(
        PartitionStore store, string memberId, CancellationToken cancel) =>
        [
            .. (await store.ReadUnder(MemberRows.Partition(memberId), Prefix, Load.RowsMax, cancel))
                .Select(row => Stored.Read<MemberTag>(row.Data)),
        ];

    private static IEnumerable<Message> Announce(MemberTagEvent fact)
    {
        var act = fact switch
        {
            MemberTagEvent.Entered entered => entered.Act,
            MemberTagEvent.Kept kept => kept.Act,
            MemberTagEvent.Left left => left.Act,
            _ => null,
        };
        if (act is not null) yield return OperatorMessages.Acted(act);
        if (fact is MemberTagEvent.Entered { Tag: var tag, MemberId: var memberId })
            yield return TagMessages.Moved(new TagMovedV1(memberId, tag.TagId, IsOn: true, tag.SetAt));
        if (fact is MemberTagEvent.Left gone)
            yield return TagMessages.Moved(new TagMovedV1(gone.MemberId, gone.Tag.TagId, IsOn: false, gone.At));
    }
}

using Pond.Members;
using Pond.Platform;

namespace Pond.Shares;

/// <summary>
/// Partition <c>sh:{token}</c>, one row <c>share</c>; and in the sharer's partition <c>share:{token}</c> the same, so
/// that they can take it along. Nobody hears of it.
/// </summary>
public static class ShareRows
{
    public const string Head = "share";

    private const string Prefix = "share";

    /// <summary>What this slice keeps of a member, for the member to take along.</summary>
    public static readonly PersonalRecords Records = PersonalRecords.Under<Share>("shares", Prefix);

    public static string Partition(string token) => "sh:" + token;

    public static Layout<Share?, ShareEvent> Of(string token) => One(Partition(token), Head);

    /// <summary>The same with what is kept of its sharer.</summary>
    public static Layout<Share?, ShareEvent> OfSharer(Share share) =>
        One(MemberRows.Partition(share.SharerId), $"{Prefix}:{share.Token}");

    private static Layout<Share?, ShareEvent> One(string partition, string row) => new(
        partition,
        row,
        Loads: [],
        Read: rows => rows.Find<Share>(row),
        Write: share => share is null ? [] : [new StateRow(row, share)],
        Evolve: (_, fact) => ((ShareEvent.Made)fact).Share);
}

using Pond.Members;
using Pond.Platform;

namespace Pond.Leaderboards;

/// <summary>LDB-06: a member may bear a title for a while.</summary>
/// <param name="BoardId">What it was won on: one title for each.</param>
/// <param name="Until">From then on no longer.</param>
public sealed record HonourWonV1(string MemberId, string BoardId, string Title, DateTimeOffset Until);

/// <summary>The queue of honours.</summary>
public static class HonourMessages
{
    public const string HonourQueue = "honours";

    public static Message Won(HonourWonV1 won) => new(HonourQueue, won);
}

/// <summary>Rows <c>honour:{boardId}</c> in the member's partition, each written once.</summary>
public static class HonourRows
{
    public const string Prefix = "honour";

    /// <summary>What this slice keeps of a member, for the member to take along.</summary>
    public static readonly PersonalRecords Records = PersonalRecords.Under<HonourWonV1>("honours", Prefix);

    public static string Row(HonourWonV1 won) => $"{Prefix}:{won.BoardId}";
}

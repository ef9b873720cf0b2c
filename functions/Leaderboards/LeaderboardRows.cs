using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Referrals;

namespace Pond.Leaderboards;

/// <summary>
/// Partition <c>leaderboards</c>: <c>boards</c> is the head and counts the open ones, <c>board:{id}</c> is every
/// leaderboard, and <c>open:{id}</c> those that are not settled once more, so that one range lists them.
/// </summary>
public static class LeaderboardRows
{
    public const string Partition = "leaderboards";
    public const string Prefix = "board";

    private const string Head = "boards";
    private const string OpenPrefix = "open";
    private const int TimeDigits = 10; // seconds since 1970: enough until 2286

    /// <summary>An id that sorts by the time of its making.</summary>
    public static string IdOf(DateTimeOffset now, string seed) =>
        Keys.Sortable(now.ToUnixTimeSeconds(), TimeDigits) + seed[TimeDigits..];

    /// <summary>The leaderboard, or null when there is none, or the id is none at all.</summary>
    public static async Task<Leaderboard?> Find(PartitionStore store, string id, CancellationToken cancel) =>
        Ids.IsId(id) ? await store.Find<Leaderboard>(Partition, Row(id), cancel) : null;

    /// <summary>Those that are not settled, also those whose time has not come.</summary>
    public static async Task<IReadOnlyList<Leaderboard>> Open(PartitionStore store, CancellationToken cancel)
    {
        var rows = await store.ReadUnder(Partition, OpenPrefix, LeaderboardRules.OpenMax, cancel);
        return [.. rows.Select(row => Stored.Read<Leaderboard>(row.Data))];
    }

    public static Layout<LeaderboardDesk, LeaderboardMoved> Desk(string id) => new(
        Partition,
        Head,
        [new Load.One(Row(id)), new Load.One(OpenRow(id))],
        Read: rows => new LeaderboardDesk(
            rows.Find<BoardsHead>(Head)?.Open ?? 0,
            rows.Find<Leaderboard>(OpenRow(id)) ?? rows.Find<Leaderboard>(Row(id))),
        Write: Rows,
        Evolve: (desk, moved) => new LeaderboardDesk(
            desk.Open + (desk.Board is null ? 1 : 0) - (moved.After.Winners is null ? 0 : 1), moved.After),
        Announce: Announce);

    private static string Row(string id) => $"{Prefix}:{id}";

    private static string OpenRow(string id) => $"{OpenPrefix}:{id}";

    private static IEnumerable<StateRow> Rows(LeaderboardDesk desk)
    {
        yield return new StateRow(Head, new BoardsHead(desk.Open));
        if (desk.Board is not { } board) yield break;
        yield return new StateRow(Row(board.Id), board);
        if (board.Winners is null) yield return new StateRow(OpenRow(board.Id), board);
    }

    private static IEnumerable<Message> Announce(LeaderboardMoved moved)
    {
        yield return OperatorMessages.Acted(moved.Act);
        foreach (var winner in moved.After.Winners ?? [])
        {
            var prize = winner.Prize;
            var reward = new ReferralRewardV1(
                $"{moved.After.Id}-{winner.MemberId}", winner.MemberId, prize.Points, ReversedPoints: 0, prize.Growth,
                ReversedGrowth: 0, prize.TemplateId, IsRevoked: false, moved.Act.At);
            foreach (var message in ReferralMessages.Rewarded(reward)) yield return message;
            if (prize.Honour is { } title)
                yield return HonourMessages.Won(new HonourWonV1(
                    winner.MemberId, moved.After.Id, title, moved.Act.At.AddDays(prize.HonourDays)));
        }
    }

    private sealed record BoardsHead(int Open);
}

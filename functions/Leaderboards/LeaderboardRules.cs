using Pond.Kernel;
using Pond.Operators;

namespace Pond.Leaderboards;

/// <summary>LDB-04: how a leaderboard is made, looked at and settled, once. Pure.</summary>
public static class LeaderboardRules
{
    /// <summary>Leaderboards that are not settled: few enough for each reward to look at all.</summary>
    public const int OpenMax = 20;

    public static Decision<LeaderboardMoved> Create(
        LeaderboardDesk desk, Leaderboard wanted, string operatorId, DateTimeOffset now)
    {
        if (WhyUnsound(wanted, now) is { } why) return why;
        if (desk.Open >= OpenMax) return LeaderboardRefusals.TooMany;
        return new LeaderboardMoved(
            wanted, Act(operatorId, "leaderboard.create", wanted, wanted.Name, before: null, wanted.Name, now));
    }

    /// <summary>A sharer has cheated: whoever is behind moves up. The same again changes nothing.</summary>
    public static Decision<LeaderboardMoved> Exclude(
        LeaderboardDesk desk, string sharerId, string operatorId, string reason, DateTimeOffset now)
    {
        if (desk.Board is not { } board) return LeaderboardRefusals.Missing;
        if (board.Winners is not null) return LeaderboardRefusals.Settled;
        if (board.ExcludedIds.Contains(sharerId)) return Decision<LeaderboardMoved>.Nothing;
        if (board.ExcludedIds.Count >= Leaderboard.ExcludedMax) return LeaderboardRefusals.TooManyExcluded;
        return new LeaderboardMoved(
            board with { ExcludedIds = [.. board.ExcludedIds, sharerId] },
            Act(operatorId, "leaderboard.exclude", board, reason, before: null, sharerId, now));
    }

    /// <summary>The first get their prizes. What is sent back later takes none away, and ranks nobody anew.</summary>
    /// <param name="fit">Members who may win, in the order of their places.</param>
    /// <param name="excluded">How many had been taken off when that was read.</param>
    public static Decision<LeaderboardMoved> Settle(
        LeaderboardDesk desk,
        IReadOnlyList<(string MemberId, int Friends)> fit,
        int excluded,
        string operatorId,
        string reason,
        DateTimeOffset now)
    {
        if (desk.Board is not { } board) return LeaderboardRefusals.Missing;
        if (board.Winners is not null) return LeaderboardRefusals.Settled;
        if (now < board.SettlesFrom) return LeaderboardRefusals.NotOver;
        if (board.ExcludedIds.Count != excluded) return LeaderboardRefusals.Changed;

        Winner[] winners =
        [
            .. from one in fit.Take(board.Places).Select((who, index) => (who, Place: index + 1))
               from prize in board.Prizes
               where prize.FromPlace <= one.Place && one.Place <= prize.ToPlace
               select new Winner(one.Place, one.who.MemberId, one.who.Friends, prize),
        ];
        return new LeaderboardMoved(
            board with { Winners = winners },
            Act(operatorId, "leaderboard.settle", board, reason, before: null,
                string.Join(' ', winners.Select(winner => winner.MemberId)), now));
    }

    private static Refusal? WhyUnsound(Leaderboard wanted, DateTimeOffset now)
    {
        if (wanted.StartsAt >= wanted.EndsAt || wanted.EndsAt <= now
            || wanted.EndsAt - wanted.StartsAt > TimeSpan.FromDays(Leaderboard.DaysMax))
            return LeaderboardRefusals.BadWindow;

        var next = 1;
        foreach (var prize in wanted.Prizes)
        {
            if (prize.FromPlace != next || prize.ToPlace < prize.FromPlace || prize.ToPlace > Leaderboard.PlacesMax)
                return LeaderboardRefusals.BadPlaces;
            next = prize.ToPlace + 1;
        }

        return wanted.Prizes.All(prize => prize.Honour is null == (prize.HonourDays == 0))
            ? null
            : LeaderboardRefusals.BadHonour;
    }

    private static OperatorActedV1 Act(
        string operatorId, string action, Leaderboard board, string reason, string? before, string after,
        DateTimeOffset now) =>
        new(operatorId, action, board.Id, reason, before, after, now);
}

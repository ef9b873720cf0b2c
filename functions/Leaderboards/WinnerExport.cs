using Pond.ExportJobs;
using Pond.Platform.Storage;

namespace Pond.Leaderboards;

/// <summary>ADM-06: who has won what on which leaderboard.</summary>
public sealed class WinnerExport(PartitionStore store) : IExportSource
{
    public ExportKind Kind => ExportKind.LeaderboardWinners;

    public IReadOnlyList<string> Heading { get; } = ["榜单编号", "榜单", "名次", "会员编号", "有效好友数", "结束时间"];

    public Task<ExportPage> Read(string? from, CancellationToken cancel) => ExportPages.Read<Leaderboard>(
        store,
        LeaderboardRows.Partition,
        LeaderboardRows.Prefix,
        from,
        board => Task.FromResult(Rows(board)),
        cancel,
        rowsPerValueMax: Leaderboard.PlacesMax);

    private static IReadOnlyList<IReadOnlyList<string>> Rows(Leaderboard board) =>
    [
        .. (board.Winners ?? []).Select(winner => (string[])
        [
            board.Id, board.Name, ExportPages.Number(winner.Place), winner.MemberId, ExportPages.Number(winner.Friends),
            ExportPages.Time(board.EndsAt),
        ]),
    ];
}

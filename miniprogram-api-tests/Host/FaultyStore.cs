using Pond.Platform.Storage;

namespace Pond.Tests;

/// <summary>A store over another one that goes wrong as <see cref="Faults"/> say.</summary>
public sealed class FaultyStore(PartitionStore inner, Faults faults) : PartitionStore
{
    private UnderWay? late;

    /// <summary>Lets a commit land that is still under way.</summary>
    public async Task LandLate()
    {
        if (Interlocked.Exchange(ref late, null) is { } commit)
            await inner.Commit(commit.Partition, commit.Writes, CancellationToken.None);
    }

    protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel) => faults.Around(
        PortCallKind.Read, $"find {partition} {row}", () => inner.Find(partition, row, cancel), Unanswered);

    protected override Task<Page> RangeCore(
        string partition, string from, string until, int limit, CancellationToken cancel) => faults.Around(
        PortCallKind.Read,
        $"range {partition} {from}",
        () => inner.Range(partition, from, until, limit, cancel),
        Unanswered);

    protected override async Task<CommitOutcome> CommitCore(
        string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
    {
        var way = await faults.Meet(PortCallKind.Commit, $"commit {partition}");
        if (way is null) return await CommitBesideLate(partition, writes, cancel);
        if (way is FaultWay.CrashesBefore) throw faults.Crash();
        if (way is FaultWay.FailsAfter or FaultWay.CrashesAfter) await inner.Commit(partition, writes, cancel);
        if (way is FaultWay.CrashesAfter) throw faults.Crash();
        if (way is FaultWay.LandsBeforeNextCommit or FaultWay.LandsAfterNextCommit)
            late = new UnderWay(partition, writes, LandsFirst: way is FaultWay.LandsBeforeNextCommit);
        if (faults.Meanwhile is { } meanwhile) await meanwhile();
        return new CommitOutcome.Unknown(new TimeoutException("The answer to the commit was lost."));
    }

    private async Task<CommitOutcome> CommitBesideLate(
        string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
    {
        if (late is not { } other || other.Partition != partition) return await inner.Commit(partition, writes, cancel);

        if (other.LandsFirst) await LandLate();
        var outcome = await inner.Commit(partition, writes, cancel);
        await LandLate();
        return outcome;
    }

    private static StoreUnavailableException Unanswered() => new("The answer to the read was lost.");

    /// <summary>A commit whose caller has given up on it.</summary>
    private sealed record UnderWay(string Partition, IReadOnlyList<Write> Writes, bool LandsFirst);
}

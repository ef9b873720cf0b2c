using Microsoft.Extensions.Logging.Abstractions;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Tests.Storage;

namespace Pond.Tests.PlatformSpecs;

/// <summary>A state with a deadline is looked at when it comes, whatever happened in between.</summary>
public sealed class MeetingDeadlines : IAsyncLifetime
{
    private const string Kind = "marks-end";

    private static readonly DateTimeOffset End = HandClock.Start.AddDays(30).AddSeconds(30);

    private readonly List<string> visited = [];
    private PlatformBench bench = null!;
    private DueSweep sweep = null!;

    public async Task InitializeAsync()
    {
        bench = await PlatformBench.On(new MemoryPartitionStore());
        sweep = new DueSweep(bench.Store, new LowDice(), bench.Clock, NullLogger<DueSweep>.Instance);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_partition_is_visited_once_its_deadline_has_come_and_not_before()
    {
        await Mark("a");

        bench.Clock.MoveTo(End.AddMinutes(-2));
        await Sweep();
        Assert.Empty(visited);

        bench.Clock.MoveTo(End.AddMinutes(1));
        await Sweep();
        Assert.Equal([PlatformBench.Partition], visited);
    }

    [Fact]
    public async Task A_deadline_is_hinted_at_before_the_commit_and_once_however_often_the_state_changes()
    {
        bench.Faults.Count();
        await Mark("a");
        await Mark("b");

        var commits = bench.Faults.Disarm().Where(call => call.Kind is PortCallKind.Commit).Select(call => call.Name);
        Assert.Equal(
            [$"due:{Kind}", PlatformBench.Partition, PlatformBench.Partition],
            commits.Select(name => name[(name.IndexOf(' ') + 1)..]).Select(name => name[2] == ':' ? name[3..] : name));
    }

    [Fact]
    public async Task A_visit_that_names_a_later_time_is_repeated_then()
    {
        await Mark("a");
        bench.Clock.MoveTo(End.AddMinutes(1));
        await Sweep(nextAt: End.AddDays(1));

        bench.Clock.MoveTo(End.AddDays(1).AddMinutes(1));
        await Sweep();

        Assert.Equal(2, visited.Count);
    }

    [Fact]
    public async Task A_visit_that_fails_is_repeated_and_keeps_nobody_else_waiting()
    {
        await bench.MakeHead("t:2");
        await Mark("a");
        await Mark("b", "t:2");
        bench.Clock.MoveTo(End.AddMinutes(1));
        await sweep.Run(Kind, (subject, _) => subject == PlatformBench.Partition
            ? throw new IOException("broken by a test")
            : Visit(subject, null), CancellationToken.None);
        Assert.Equal(["t:2"], visited);

        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await Sweep();

        Assert.Contains(PlatformBench.Partition, visited);
    }

    [Fact]
    public async Task What_is_left_in_the_minute_of_a_last_look_is_looked_at_twice_all_the_same()
    {
        await bench.Hints.Leave(Kind, PlatformBench.Partition, CancellationToken.None);
        bench.Clock.Advance(DueHints.Ripening);
        await Sweep(); // finds nothing and comes once more, after the second look's time

        bench.Clock.Advance(DueHints.SecondLook - DueHints.Ripening);
        var others = new DueHints(bench.Store, new LowDice(), bench.Clock);
        await others.Leave(Kind, PlatformBench.Partition, CancellationToken.None);
        bench.Clock.Advance(DueHints.Ripening);
        await Sweep(); // the commit that was announced is still under way
        bench.Clock.Advance(DueHints.SecondLook);
        await Sweep();

        Assert.Equal(3, visited.Count);
    }

    [Fact]
    public async Task Of_two_hints_that_meet_in_one_minute_the_stronger_stays()
    {
        await bench.Hints.Leave(Kind, PlatformBench.Partition, CancellationToken.None);
        bench.Clock.Advance(DueHints.Ripening);
        await Sweep(); // a last look follows
        var lastLook = bench.Clock.GetUtcNow() + DueHints.SecondLook;
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Hints.Leave(Kind, PlatformBench.Partition, CancellationToken.None);
        bench.Clock.Advance(DueHints.Ripening);
        await Sweep(nextAt: lastLook); // moves into the minute of the last look

        bench.Clock.MoveTo(lastLook.AddMinutes(1));
        await Sweep();
        bench.Clock.Advance(DueHints.SecondLook);
        await Sweep();

        Assert.Equal(4, visited.Count);
    }

    private Task<int> Sweep(DateTimeOffset? nextAt = null) =>
        sweep.Run(Kind, (subject, _) => Visit(subject, nextAt), CancellationToken.None);

    private Task<DueVisit> Visit(string subject, DateTimeOffset? nextAt)
    {
        lock (visited) visited.Add(subject); // subjects are visited side by side
        return Task.FromResult(new DueVisit(1, nextAt));
    }

    private Task<Decision<Marked>> Mark(string name, string partition = PlatformBench.Partition) => bench.Transactor.Run(
        Tallies.Silent(partition) with { Due = _ => [new Deadline(Kind, End)] },
        PlatformBench.Operation(name),
        (_, _) => Tallies.Add(name),
        CancellationToken.None);
}

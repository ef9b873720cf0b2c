using System.Globalization;
using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

public abstract partial class PartitionStoreContract
{
    private const int Racers = 50;

    [Fact]
    public async Task Of_fifty_inserts_of_one_row_one_wins() =>
        await AssertOneWins(i => new Write.Insert("a", $"{i}"));

    [Fact]
    public async Task Of_fifty_replaces_of_one_version_one_wins()
    {
        await Insert("a");
        var etag = (await Existing("a")).ETag;

        await AssertOneWins(i => new Write.Replace("a", $"{i}", etag));
    }

    [Fact]
    public async Task Of_fifty_deletes_of_one_version_one_wins()
    {
        await Insert("a");
        var etag = (await Existing("a")).ETag;

        await AssertOneWins(_ => new Write.Delete("a", etag));
    }

    [Fact]
    public async Task Of_replaces_and_deletes_of_one_version_one_wins()
    {
        await Insert("a");
        var etag = (await Existing("a")).ETag;

        await AssertOneWins(i => i % 2 == 0 ? new Write.Replace("a", $"{i}", etag) : new Write.Delete("a", etag));
    }

    [Fact]
    public async Task Counting_up_with_retries_loses_nothing()
    {
        const int tasks = 16;
        const int roundsPerTask = 20;
        await Committed(new Write.Insert("count", "0"));

        await InParallel(tasks, async _ =>
        {
            for (var round = 0; round < roundsPerTask;)
            {
                var row = await Existing("count");
                var next = int.Parse(row.Data, CultureInfo.InvariantCulture) + 1;
                if (await Commit(new Write.Replace("count", $"{next}", row.ETag)) is CommitOutcome.Committed) round++;
            }
        });

        Assert.Equal($"{tasks * roundsPerTask}", (await Existing("count")).Data);
    }

    [Fact]
    public async Task A_range_never_sees_half_a_batch()
    {
        const int rounds = 100;
        await Committed(new Write.Insert("a", "0"), new Write.Insert("b", "0"));
        using var written = new CancellationTokenSource();
        var readers = InParallel(2, async _ =>
        {
            do
            {
                await Task.Yield(); // a store that answers at once would keep its thread for good
                var rows = await All();
                Assert.Equal(2, rows.Count);
                Assert.Equal(rows[0].Data, rows[1].Data);
            }
            while (!written.IsCancellationRequested);
        });

        for (var round = 1; round <= rounds; round++)
        {
            var rows = await All();
            await Committed([.. rows.Select(row => new Write.Replace(row.Key, $"{round}", row.ETag))]);
        }

        await written.CancelAsync();
        await readers;
    }

    [Fact]
    public async Task Of_two_batches_that_overlap_one_is_stored_whole()
    {
        var outcomes = await InParallel(Racers, i => Commit(
            new Write.Insert($"own{i:D2}", $"{i}"), new Write.Insert(i % 2 == 0 ? "shared" : "also", $"{i}")));

        var winners = outcomes.Select((outcome, i) => (outcome, i))
            .Where(pair => pair.outcome is CommitOutcome.Committed).Select(pair => pair.i).ToList();
        var rows = (await All()).ToDictionary(row => row.Key, row => row.Data);
        Assert.Equal(2, winners.Count);
        Assert.Equal(4, rows.Count);
        Assert.All(winners, i => Assert.Equal($"{i}", rows[$"own{i:D2}"]));
        Assert.All(winners, i => Assert.Equal($"{i}", rows[i % 2 == 0 ? "shared" : "also"]));
    }

    [Fact]
    public async Task Commits_on_other_partitions_do_not_disturb()
    {
        var none = CancellationToken.None;
        var outcomes = await InParallel(Racers, i =>
            Store.Commit($"{Partition}{i}", [new Write.Insert("a", $"{i}")], none));

        Assert.All(outcomes, outcome => Assert.IsType<CommitOutcome.Committed>(outcome));
        for (var i = 0; i < Racers; i++)
            Assert.Equal($"{i}", (await Store.Find($"{Partition}{i}", "a", none))?.Data);
    }

    [Fact]
    public async Task What_was_cancelled_before_it_began_does_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        Write[] writes = [new Write.Insert("a", "x")];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Commit(Partition, writes, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Find(Partition, "a", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.Range(Partition, "a", "b", 1, cancelled));
        Assert.Empty(await All());
    }

    [Fact]
    public async Task A_commit_cancelled_on_its_way_is_stored_or_says_that_it_is_not()
    {
        for (var round = 0; round < Racers; round++)
        {
            using var source = new CancellationTokenSource();
            var commit = Store.Commit(Partition, [new Write.Insert($"{round}", "x")], source.Token);
            await source.CancelAsync();

            var stored = await Record.ExceptionAsync(() => commit) is not OperationCanceledException;

            Assert.Equal(stored, await Find($"{round}") is not null);
        }
    }

    private async Task AssertOneWins(Func<int, Write> write)
    {
        var outcomes = await InParallel(Racers, i => Commit(write(i), new Write.Insert($"own{i:D2}", "x")));

        Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
        Assert.Equal(Racers - 1, outcomes.Count(outcome => outcome == new CommitOutcome.Conflict(0)));
        var winner = Array.FindIndex(outcomes, outcome => outcome is CommitOutcome.Committed);
        var rows = await All();
        Assert.Single(rows, row => row.Key == $"own{winner:D2}");
        Assert.DoesNotContain(rows, row => row.Key == "a" && row.Data != $"{winner}");
        Assert.Equal(write(winner) is Write.Delete ? 1 : 2, rows.Count);
    }

    private static Task<T[]> InParallel<T>(int count, Func<int, Task<T>> action) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => action(i))));

    private static Task InParallel(int count, Func<int, Task> action) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => action(i))));
}

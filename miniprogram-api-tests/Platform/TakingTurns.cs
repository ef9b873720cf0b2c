using System.Collections;
using System.Reflection;
using Pond.Platform;

namespace Pond.Tests.PlatformSpecs;

public sealed class TakingTurns
{
    private readonly Turns turns = new();

    [Fact]
    public async Task The_second_waits_until_the_first_is_done()
    {
        var first = await Take();
        var second = Take();
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public async Task They_go_in_the_order_in_which_they_came()
    {
        const int Callers = 20;
        var order = new List<int>();
        var first = await Take();
        var waiting = Enumerable.Range(0, Callers).Select(GoNext).ToArray();

        first.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(Enumerable.Range(0, Callers), order);

        async Task GoNext(int number)
        {
            using var turn = await Take();
            order.Add(number); // one at a time, so it needs no lock
        }
    }

    [Fact]
    public async Task Another_partition_does_not_wait()
    {
        using var here = await Take("t:1");
        using var there = await Take("t:2").WaitAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task Who_gives_up_waiting_holds_nobody_up()
    {
        using var impatience = new CancellationTokenSource();
        var first = await Take();
        var second = turns.Take("t:1", impatience.Token);
        var third = Take();

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(third.IsCompleted);
        first.Dispose();

        (await third).Dispose();
    }

    [Fact]
    public async Task Who_has_given_up_before_gets_no_turn()
    {
        var givenUp = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turns.Take("t:1", givenUp));

        (await Take()).Dispose();
    }

    [Fact]
    public async Task Never_two_at_once_and_nothing_is_left_behind()
    {
        var inside = 0;
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => Task.Run(async () =>
        {
            using var impatience = new CancellationTokenSource();
            if (number % 3 == 0) await impatience.CancelAsync();
            try
            {
                using var turn = await turns.Take("t:1", impatience.Token);
                Assert.Equal(1, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
            }
            catch (OperationCanceledException)
            {
                // these left the line
            }
        })));

        Assert.Empty(Lines());
    }

    // What it holds is nobody's business but this test's: a leak has no other sign.
    private ICollection Lines() => (ICollection)typeof(Turns)
        .GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Single().GetValue(turns)!;

    private Task<IDisposable> Take(string partition = "t:1") => turns.Take(partition, CancellationToken.None);
}

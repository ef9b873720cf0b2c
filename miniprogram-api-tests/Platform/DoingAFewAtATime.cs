using Pond.Platform;

namespace Pond.Tests.PlatformSpecs;

public sealed class DoingAFewAtATime
{
    private readonly List<int> begun = [];
    private readonly List<TaskCompletionSource> ends = [];

    [Fact]
    public async Task No_more_than_so_many_are_under_way_and_each_end_begins_the_next()
    {
        var all = Run(items: 5, atOnce: 2, CancellationToken.None);
        Assert.Equal([0, 1], begun);

        ends[1].SetResult();
        Assert.Equal([0, 1, 2], begun);

        for (var i = 0; i < 5; i++) ends[i].TrySetResult();
        await all;
        Assert.Equal([0, 1, 2, 3, 4], begun);
    }

    [Fact]
    public async Task After_a_failure_none_is_begun_any_more_and_the_caller_hears_of_it()
    {
        var all = Run(items: 5, atOnce: 2, CancellationToken.None);

        ends[0].SetException(new InvalidOperationException("a test"));
        ends[1].SetResult();

        await Assert.ThrowsAsync<InvalidOperationException>(() => all);
        Assert.Equal([0, 1], begun);
    }

    [Fact]
    public async Task Whoever_gives_up_begins_none_any_more()
    {
        using var impatience = new CancellationTokenSource();
        var all = Run(items: 5, atOnce: 2, impatience.Token);

        await impatience.CancelAsync();
        ends[0].SetResult();
        ends[1].SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all);
        Assert.Equal([0, 1], begun);
    }

    [Fact]
    public async Task Of_nothing_nothing_comes() => await Run(items: 0, atOnce: 2, CancellationToken.None);

    private Task Run(int items, int atOnce, CancellationToken cancel) => AFewAtATime.Each(
        Enumerable.Range(0, items),
        atOnce,
        (item, _) =>
        {
            begun.Add(item);
            ends.Add(new TaskCompletionSource());
            return ends[^1].Task;
        },
        cancel);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pond.LocalHost;

namespace Pond.Tests.LocalHost;

public sealed class RunningTriggers
{
    private static readonly TimeSpan FourMinutes = TimeSpan.FromMinutes(4);

    private readonly ManualClock clock = new(new DateTimeOffset(2026, 5, 20, 12, 1, 30, TimeSpan.Zero));
    private readonly MemoryQueues queues;
    private readonly TriggerLog log = new();

    public RunningTriggers() => queues = new MemoryQueues(clock);

    [Fact]
    public async Task A_timer_fires_when_its_schedule_says_and_goes_on_after_an_exception()
    {
        await using var host = await Start();
        log.TimerFails = true;

        Assert.Equal(FourMinutes, await TimerSleep());
        clock.Advance(FourMinutes);
        Assert.Equal("next 12:10:30 in time", await log.Next());
        Assert.Equal(TimeSpan.FromMinutes(5), await TimerSleep());
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("next 12:15:30 in time", await log.Next());
    }

    [Fact]
    public async Task A_timer_that_wakes_late_says_so_and_does_not_catch_up()
    {
        await using var host = await Start();

        Assert.Equal(FourMinutes, await TimerSleep());
        clock.Advance(FourMinutes + TimeSpan.FromSeconds(90));

        Assert.Equal("next 12:10:30 late", await log.Next());
        Assert.Equal(TimeSpan.FromMinutes(3.5), await TimerSleep());
    }

    [Fact]
    public async Task A_timer_never_overlaps_itself()
    {
        await using var host = await Start();
        var gate = new TaskCompletionSource();
        log.Gate = gate.Task;

        Assert.Equal(FourMinutes, await TimerSleep());
        clock.Advance(FourMinutes);
        await log.Next();
        clock.Advance(TimeSpan.FromMinutes(12)); // over two occurrences, while the first run lasts
        gate.SetResult();

        Assert.Equal(TimeSpan.FromMinutes(3), await TimerSleep());
        Assert.Empty(log.Rest());
    }

    [Fact]
    public async Task A_timer_can_be_fired_by_hand_and_its_exception_is_seen()
    {
        await using var host = await TriggerHost.Start(clock, queues, log, runTriggers: false);
        var timers = host.Get<TimerRunner>();
        log.TimerFails = true;

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => timers.RunOnce(nameof(TriggerSamples.EveryFiveMinutes)));
        Assert.Equal(["next 12:05:30 in time"], log.Rest());
        await Assert.ThrowsAsync<ArgumentException>(() => timers.RunOnce(nameof(TriggerSamples.OnText)));
    }

    [Fact]
    public async Task A_message_wakes_its_pump_at_once()
    {
        await using var host = await Start();
        await TimerSleep();

        queues.Send("text", "hello"); // the clock stands still: no look of its own would come

        Assert.Equal("hello / id of hello / 1", await log.Next());
    }

    [Fact]
    public async Task A_pump_outlives_a_broken_queue_service()
    {
        queues.Broken = new TimeoutException("Broken on purpose.");
        await using var host = await Start();
        await TimerSleep();

        queues.Broken = null;
        queues.Send("text", "hello");

        Assert.Equal("hello / id of hello / 1", await log.Next());
    }

    [Fact]
    public async Task A_pump_runs_no_more_than_a_batch_over_the_threshold()
    {
        var gate = new TaskCompletionSource();
        log.Gate = gate.Task;
        for (var i = 0; i < 10; i++) queues.Send("text", $"hello {i}");
        await using var host = await Start(
            "--AzureFunctionsJobHost:extensions:queues:batchSize=2",
            "--AzureFunctionsJobHost:extensions:queues:newBatchThreshold=1");

        for (var i = 0; i < 2; i++) await log.Next();
        await TimerSleep();
        Assert.Empty(log.Rest());
        gate.SetResult();

        for (var i = 2; i < 10; i++) await log.Next();
        Assert.InRange(log.RunningMax, 2, 3);
    }

    [Fact]
    public async Task A_stop_takes_nothing_new_and_waits_for_what_runs()
    {
        var gate = new TaskCompletionSource();
        log.Gate = gate.Task;
        await using var host = await Start();
        queues.Send("text", "hello");
        await log.Next();

        var triggers = host.Host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Single();
        var stop = host.Host.StopAsync();
        await queues.Unheard;
        queues.Send("text", "too late");
        for (var i = 0; i < 10_000; i++) await Task.Yield(); // lets everything run that could
        Assert.False(triggers.ExecuteTask!.IsCompleted);
        gate.SetResult();
        await stop;

        Assert.Equal(["complete hello"], queues.Account);
    }

    [Fact]
    public async Task A_stop_that_has_waited_long_enough_cancels_what_runs()
    {
        log.Gate = new TaskCompletionSource().Task;
        await using var host = await Start();
        queues.Send("text", "hello");
        await log.Next();

        await host.Host.StopAsync(new CancellationToken(canceled: true));

        await queues.Settled.Task;
        Assert.Equal(["retry in 30s hello"], queues.Account);
    }

    [Fact]
    public async Task Queue_functions_without_a_queue_service_do_not_start()
    {
        var builder = SampleHost.Builder(
            typeof(TriggerSamples), runTriggers: true, "--OrderQueue=orders", "--FiveMinutes=0 */5 * * * *");
        using var host = builder.Build();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.Contains(nameof(ITriggerQueues), refusal.Message);
    }

    private Task<SampleHost> Start(params string[] args) =>
        TriggerHost.Start(clock, queues, log, runTriggers: true, args: args);

    /// <summary>The next sleep that is not a pause of a pump.</summary>
    private async Task<TimeSpan> TimerSleep()
    {
        TimeSpan sleep;
        do
        {
            sleep = await clock.NextSleep();
        }
        while (sleep < TimeSpan.FromMinutes(1));
        return sleep;
    }
}

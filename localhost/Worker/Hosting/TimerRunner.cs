using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Pond.LocalHost;

/// <summary>Runs timer functions, each by its own schedule in UTC and never twice at once.</summary>
public sealed partial class TimerRunner(
    FunctionCatalog catalog, FunctionInvoker invoker, TimeProvider clock, ILogger<TimerRunner> log)
{
    /// <summary>A run that starts later than this is past due.</summary>
    public static readonly TimeSpan PastDueAfter = TimeSpan.FromSeconds(1);

    /// <summary>The clock's timers do not sleep for months.</summary>
    private static readonly TimeSpan SleepMax = TimeSpan.FromDays(1);

    /// <summary>Fires a timer now, whatever its schedule. An exception of the function reaches the caller.</summary>
    /// <exception cref="ArgumentException">There is no such timer.</exception>
    public Task RunOnce(string functionName, CancellationToken cancel = default)
    {
        var function = catalog.All
            .SingleOrDefault(each => each.Name == functionName && each.Trigger is FunctionTrigger.OnSchedule)
            ?? throw new ArgumentException($"There is no timer function {functionName}.", nameof(functionName));
        var now = clock.GetUtcNow();
        return Fire(function, new Occurrence(Last: null, Due: now, now), cancel);
    }

    /// <summary>Follows the function's schedule until told to stop. Occurrences during a run are left out.</summary>
    internal async Task Run(FunctionDescriptor function, CancellationToken stop, CancellationToken abandon)
    {
        var timer = (FunctionTrigger.OnSchedule)function.Trigger;
        DateTimeOffset? last = null;
        var due = timer.RunOnStartup ? clock.GetUtcNow() : Next(timer, clock.GetUtcNow());
        while (true)
        {
            await SleepUntil(due, stop);
            if (stop.IsCancellationRequested) return;

            var startedAt = clock.GetUtcNow();
            await TryFire(function, new Occurrence(last, due, startedAt), abandon);
            last = startedAt;
            due = Next(timer, clock.GetUtcNow());
        }
    }

    private static DateTimeOffset Next(FunctionTrigger.OnSchedule timer, DateTimeOffset after) =>
        new(timer.Schedule.GetNextOccurrence(after.UtcDateTime), TimeSpan.Zero);

    private async Task SleepUntil(DateTimeOffset due, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && due - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < SleepMax ? left : SleepMax, clock, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryFire(FunctionDescriptor function, Occurrence occurrence, CancellationToken cancel)
    {
        try
        {
            await Fire(function, occurrence, cancel);
        }
        catch (Exception exception)
        {
            Failed(function.Name, exception); // the schedule goes on
        }
    }

    private Task Fire(FunctionDescriptor function, Occurrence occurrence, CancellationToken cancel)
    {
        var (last, due, now) = occurrence;
        var next = Next((FunctionTrigger.OnSchedule)function.Trigger, now);
        var info = new TimerInfo
        {
            IsPastDue = now - due > PastDueAfter,
            ScheduleStatus = new ScheduleStatus
            {
                Last = last?.UtcDateTime ?? default,
                Next = next.UtcDateTime,
                LastUpdated = now.UtcDateTime,
            },
        };
        return invoker.Invoke(function, info, cancel);
    }

    /// <param name="Last">When the function ran before this, or null.</param>
    private readonly record struct Occurrence(DateTimeOffset? Last, DateTimeOffset Due, DateTimeOffset Now);

    [LoggerMessage(LogLevel.Error, "The timer {Function} failed.")]
    private partial void Failed(string function, Exception exception);
}

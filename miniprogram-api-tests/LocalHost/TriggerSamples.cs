using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;

namespace Pond.Tests.LocalHost;

/// <summary>Functions that the tests of queues and timers start.</summary>
public static class TriggerSamples
{
    public const string FailingText = "fail";

    public sealed record Order(string MemberId, int PriceFen);

    public sealed class OnText(TriggerLog log)
    {
        [Function(nameof(OnText))]
        public async Task Run(
            [QueueTrigger("text")] string body, string id, long dequeueCount, CancellationToken cancel)
        {
            using var running = log.Run(); // counted before it is seen to run
            log.Write($"{body} / {id} / {dequeueCount}");
            await log.Gate.WaitAsync(cancel);
            if (body == FailingText) throw new InvalidOperationException("Failing on purpose.");
        }
    }

    public sealed class OnOrder(TriggerLog log)
    {
        [Function(nameof(OnOrder))]
        public void Run(
            [QueueTrigger("%OrderQueue%", Connection = "PondStorage")] Order order,
            int dequeueCount,
            FunctionContext context) =>
            log.Write($"{order} / {dequeueCount} / {context.FunctionDefinition.Name}");
    }

    public sealed class EveryFiveMinutes(TriggerLog log)
    {
        [Function(nameof(EveryFiveMinutes))]
        public async Task Run([TimerTrigger("%FiveMinutes%")] TimerInfo timer)
        {
            log.Write($"next {timer.ScheduleStatus!.Next:HH:mm:ss} {(timer.IsPastDue ? "late" : "in time")}");
            await log.Gate;
            if (log.TimerFails) throw new InvalidOperationException("Failing on purpose.");
        }
    }
}

/// <summary>What the functions of a test did, and a gate that can hold them.</summary>
public sealed class TriggerLog
{
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private int running;

    /// <summary>Functions wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public bool TimerFails { get; set; }

    /// <summary>The most that ran at once.</summary>
    public int RunningMax { get; private set; }

    /// <summary>Counts a run until it is disposed.</summary>
    public IDisposable Run() => new Running(this);

    public void Write(string line) => lines.Writer.TryWrite(line);

    /// <summary>The next line, as soon as there is one.</summary>
    public async Task<string> Next() => await lines.Reader.ReadAsync();

    /// <summary>The lines that nobody has read.</summary>
    public IReadOnlyList<string> Rest()
    {
        var rest = new List<string>();
        while (lines.Reader.TryRead(out var line)) rest.Add(line);
        return rest;
    }

    private sealed class Running : IDisposable
    {
        private readonly TriggerLog log;

        public Running(TriggerLog log)
        {
            this.log = log;
            lock (log.lines) log.RunningMax = Math.Max(log.RunningMax, ++log.running);
        }

        public void Dispose()
        {
            lock (log.lines) log.running--;
        }
    }
}

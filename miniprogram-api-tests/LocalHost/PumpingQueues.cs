using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Pond.LocalHost;

namespace Pond.Tests.LocalHost;

public sealed class PumpingQueues : IAsyncLifetime
{
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 5, 20, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryQueues queues;
    private readonly TriggerLog log = new();
    private SampleHost host = null!;

    public PumpingQueues() => queues = new MemoryQueues(clock);

    public async Task InitializeAsync() => host = await TriggerHost.Start(clock, queues, log, runTriggers: false);

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_message_runs_its_function_and_is_completed()
    {
        queues.Send("text", "hello");

        Assert.Equal(1, await Pump("text"));
        Assert.Equal(["hello / id of hello / 1"], log.Rest());
        Assert.Equal(["complete hello"], queues.Account);
        Assert.Equal(0, await Pump("text"));
    }

    [Fact]
    public async Task A_json_message_becomes_the_type_of_the_parameter_in_a_queue_named_by_a_setting()
    {
        queues.Send("orders", """{"memberId":"m1","priceFen":990}""");

        Assert.Equal(1, await host.Get<QueuePump>().RunOnce(CancellationToken.None));
        Assert.Equal(["Order { MemberId = m1, PriceFen = 990 } / 1 / OnOrder"], log.Rest());
    }

    [Fact]
    public async Task A_failed_message_stays_hidden_for_the_time_of_host_json()
    {
        queues.Send("text", TriggerSamples.FailingText);

        Assert.Equal(1, await Pump("text"));
        Assert.Equal(["retry in 30s fail"], queues.Account);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, await Pump("text"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Pump("text"));
        Assert.Equal(["fail / id of fail / 1", "fail / id of fail / 2"], log.Rest());
    }

    [Fact]
    public async Task A_message_is_poison_when_its_last_try_fails_and_not_before()
    {
        queues.Send("text", TriggerSamples.FailingText);

        for (var i = 0; i < 6; i++)
        {
            await Pump("text");
            clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal([.. Enumerable.Repeat("retry in 30s fail", 4), "poison fail"], queues.Account);
        Assert.Equal(5, log.Rest().Count);
    }

    [Fact]
    public async Task The_last_try_may_succeed()
    {
        queues.Send("text", "hello", dequeueCount: 4);

        await Pump("text");

        Assert.Equal(["complete hello"], queues.Account);
    }

    [Fact]
    public async Task A_message_that_was_taken_too_often_goes_to_poison_without_a_run()
    {
        queues.Send("text", "hello", dequeueCount: 5);

        Assert.Equal(1, await Pump("text"));
        Assert.Equal(["poison hello"], queues.Account);
        Assert.Empty(log.Rest());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    public async Task A_body_that_is_not_the_type_fails_each_try_and_ends_as_poison(string body)
    {
        queues.Send("orders", body, dequeueCount: 3);

        await Pump("orders");
        clock.Advance(TimeSpan.FromSeconds(30));
        await Pump("orders");

        Assert.Equal(["retry in 30s " + body, "poison " + body], queues.Account);
        Assert.Empty(log.Rest());
    }

    [Fact]
    public async Task A_middleware_is_around_messages_too_and_its_failure_is_the_messages()
    {
        var seen = new List<string?>();
        FunctionExecutionDelegate failing = context =>
        {
            seen.Add($"{context.FunctionDefinition.Name} {context.GetHttpContext()?.Request.Path}");
            throw new InvalidOperationException("Failing on purpose.");
        };
        await using var host = await TriggerHost.Start(clock, queues, log, runTriggers: false, around: _ => failing);
        queues.Send("text", "hello");

        await host.Get<QueuePump>().RunOnce(CancellationToken.None);

        Assert.Equal(["OnText "], seen);
        Assert.Equal(["retry in 30s hello"], queues.Account);
        Assert.Empty(log.Rest());
    }

    [Fact]
    public async Task One_call_delivers_everything_that_is_visible()
    {
        for (var i = 0; i < 50; i++) queues.Send("text", $"hello {i}");
        queues.Send("orders", """{"memberId":"m1","priceFen":1}""");

        Assert.Equal(51, await host.Get<QueuePump>().RunOnce(CancellationToken.None));
        Assert.Equal(51, log.Rest().Count);
    }

    private Task<int> Pump(string queue) => host.Get<QueuePump>().RunOnce(queue, CancellationToken.None);
}

using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Queues;
using Pond.Platform.Storage;
using Pond.Tests.Storage;
using static Pond.Tests.PlatformSpecs.PlatformBench;

namespace Pond.Tests.PlatformSpecs;

public sealed class HandlingPointers : IAsyncLifetime
{
    private readonly List<Operation> effects = [];
    private PlatformBench bench = null!;
    private string pointer = "";

    public static TheoryData<string> NoPointers() =>
    [
        "", "/", "a/", "/b", "a", "a/b/c", "{\"partition\":\"t:1\"}", "t:1/ b", "t:1/b\0", "券/b", "t:1\\b",
        new string('x', Keys.CharsMax + 1) + "/b", "a/" + new string('x', Keys.CharsMax), new string('/', MessageQueues.BodyBytesMax),
        new string('x', MessageQueues.BodyBytesMax),
    ];

    public async Task InitializeAsync()
    {
        bench = await On(new MemoryPartitionStore());
        await bench.Transactor.Run(
            Tallies.Loud(Partition), Operation("k"), (_, _) => Tallies.Add("a"), CancellationToken.None);
        pointer = Assert.Single(await Received());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_pointer_is_short_and_holds_nothing_but_where_the_row_is()
    {
        var row = Assert.Single(await bench.Under(OutboxRow.Waiting));

        Assert.Equal(pointer, $"{Partition}/{row.Key[(OutboxRow.Waiting.Length + 1)..]}");
        Assert.InRange(pointer.Length, 1, 200);
    }

    [Theory, MemberData(nameof(NoPointers))]
    public async Task What_is_no_pointer_is_dropped(string text)
    {
        await Handle(text);

        Assert.Empty(effects);
        Assert.Single(await bench.Under(OutboxRow.Waiting));
    }

    [Theory]
    [InlineData("t:1/0123456789abcdef0123456789abcdef")]
    [InlineData("t:nowhere/0123456789abcdef0123456789abcdef")]
    [InlineData("t:1/tally")]
    public async Task A_pointer_to_no_outbox_row_is_done(string text)
    {
        await Handle(text);

        Assert.Empty(effects);
    }

    [Fact]
    public async Task An_effect_that_is_done_takes_the_row_away()
    {
        await Handle(pointer);

        Assert.Single(effects);
        Assert.Empty(await bench.Under(OutboxRow.Waiting));
    }

    [Fact]
    public async Task A_pointer_that_comes_three_times_has_one_effect()
    {
        for (var i = 0; i < 3; i++) await Handle(pointer);

        Assert.Single(effects);
    }

    [Fact]
    public async Task The_operation_is_the_same_each_time_an_effect_is_tried()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Handle(pointer, () => throw new TimeoutException()));
        await Handle(pointer);

        Assert.Equal(effects[0], effects[1]);
        Assert.Contains("Handler", effects[0].Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_final_and_takes_the_row_away()
    {
        await Handle(pointer, () => Tallies.TooMany);

        Assert.Empty(await bench.Under(OutboxRow.Waiting));
    }

    [Fact]
    public async Task An_exception_leaves_the_row_and_reaches_the_host()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Handle(pointer, () => throw new TimeoutException()));

        Assert.Single(await bench.Under(OutboxRow.Waiting));
    }

    [Fact]
    public async Task A_pointer_in_the_wrong_queue_neither_runs_there_nor_loses_its_row()
    {
        await Handle(pointer, queue: "other-marks");

        Assert.Empty(effects);
        Assert.Single(await bench.Under(OutboxRow.Waiting));
    }

    [Theory]
    [InlineData(FaultWay.FailsBefore)]
    [InlineData(FaultWay.FailsAfter)]
    [InlineData(FaultWay.LandsBeforeNextCommit)]
    [InlineData(FaultWay.LandsAfterNextCommit)]
    public async Task A_removal_whose_answer_is_lost_is_tried_again(FaultWay way)
    {
        bench.Faults.Arm(call => call.Kind is PortCallKind.Commit, way);

        await Handle(pointer);
        await bench.Store.LandLate();

        Assert.Empty(await bench.Under(OutboxRow.Waiting));
    }

    [Fact]
    public async Task A_row_that_cannot_be_removed_now_is_left_for_the_sweep()
    {
        bench.Faults.Arm(call => call.Kind is PortCallKind.Commit, FaultWay.FailsBefore, times: int.MaxValue);

        await Handle(pointer);

        Assert.Single(effects);
        Assert.Single(await bench.Under(OutboxRow.Waiting));
    }

    [Fact]
    public async Task A_row_that_is_not_what_the_handler_expects_stays_for_a_person()
    {
        await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => bench.Inbox.Handle<OtherV1>(
            "Handler", Tallies.Queue, pointer, (_, _, _) => Task.FromResult<Refusal?>(null), CancellationToken.None));

        Assert.Single(await bench.Under(OutboxRow.Waiting));
    }

    private Task Handle(string text, Func<Refusal?>? effect = null, string queue = Tallies.Queue) =>
        bench.Inbox.Handle<MarkedV1>(
            "Handler",
            queue,
            text,
            (marked, operation, _) =>
            {
                Assert.Equal("a", marked.Name);
                effects.Add(operation);
                return Task.FromResult(effect?.Invoke());
            },
            CancellationToken.None);

    private async Task<IEnumerable<string>> Received() =>
        (await bench.Queues.Receive(Tallies.Queue, 32, TimeSpan.FromMinutes(1), CancellationToken.None))
        .Select(message => message.Body);

    private sealed record OtherV1(int Number);
}

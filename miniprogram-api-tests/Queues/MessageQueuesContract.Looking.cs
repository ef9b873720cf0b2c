using Pond.Platform.Queues;

namespace Pond.Tests.Queues;

public abstract partial class MessageQueuesContract
{
    [Fact]
    public async Task A_look_shows_what_waits_and_takes_nothing()
    {
        await Send("x");

        var seen = Assert.Single(await Peek());
        Assert.Equal(seen, Assert.Single(await Peek()));

        Assert.Equal(("x", 0), (seen.Body, seen.DequeueCount));
        var taken = await ReceiveOne(Second);
        Assert.Equal((seen.Id, "x", 1, seen.InsertedAt), (taken.Id, taken.Body, taken.DequeueCount, taken.InsertedAt));
        await Pass(Second);
        Assert.Equal(1, Assert.Single(await Peek()).DequeueCount);
    }

    [Fact]
    public async Task A_look_shows_nothing_that_is_hidden_or_in_another_queue()
    {
        await SendAndReceive("hidden", Minute);
        await Queues.Send(Queue, "delayed", Minute, CancellationToken.None);
        await Queues.Send(Queue + "-b", "theirs", TimeSpan.Zero, CancellationToken.None);

        Assert.Empty(await Peek());
        Assert.Empty(await Queues.Peek(Queue + "-nobody-s", 1, CancellationToken.None));
    }

    [Fact]
    public async Task A_look_shows_as_many_as_asked_for_up_to_a_receive()
    {
        for (var i = 0; i <= MessageQueues.ReceiveMax; i++) await Send($"{i}");

        Assert.Equal(2, (await Peek(2)).Count);
        Assert.Equal(MessageQueues.ReceiveMax, (await Peek()).Count);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Peek(0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Peek(MessageQueues.ReceiveMax + 1));
    }

    [Fact]
    public async Task Poison_goes_back_to_its_queue_and_is_tried_anew()
    {
        await Queues.Poison(await SendAndReceive("x", Minute), CancellationToken.None);

        Assert.Equal(1, await Queues.Redrive(Queue, MessageQueues.ReceiveMax, CancellationToken.None));

        var again = await ReceiveOne(Minute);
        Assert.Equal((Queue, "x", 1), (again.Queue, again.Body, again.DequeueCount));
        Assert.Equal(0, await Queues.Count(Queue + MessageQueues.PoisonSuffix, CancellationToken.None));
        Assert.Equal(0, await Queues.Redrive(Queue, MessageQueues.ReceiveMax, CancellationToken.None));
    }

    [Fact]
    public async Task No_more_poison_goes_back_than_asked_for()
    {
        for (var i = 0; i < 3; i++)
            await Queues.Send(Queue + MessageQueues.PoisonSuffix, $"{i}", TimeSpan.Zero, CancellationToken.None);

        Assert.Equal(2, await Queues.Redrive(Queue, 2, CancellationToken.None));

        Assert.Equal(2, await Count());
        Assert.Equal(1, await Queues.Count(Queue + MessageQueues.PoisonSuffix, CancellationToken.None));
    }

    private Task<IReadOnlyList<WaitingMessage>> Peek(int max = MessageQueues.ReceiveMax) =>
        Queues.Peek(Queue, max, CancellationToken.None);
}

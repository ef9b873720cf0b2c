using Pond.Platform.Queues;

namespace Pond.Tests.Queues;

public abstract partial class MessageQueuesContract
{
    [Fact]
    public async Task A_poisoned_message_moves_to_the_poison_queue_and_counts_from_one()
    {
        await SendAndReceive("x", Second);
        await Pass(Second);
        await Queues.Poison(await ReceiveOne(Second), CancellationToken.None);

        await Pass(2 * Second);
        Assert.Empty(await Receive());
        var copy = Assert.Single(await ReceivePoison());
        Assert.Equal((Queue + MessageQueues.PoisonSuffix, "x", 1), (copy.Queue, copy.Body, copy.DequeueCount));
        Assert.True(await Delete(copy));
    }

    [Fact]
    public async Task Poison_leaves_the_other_messages_alone()
    {
        await Send("good");
        await Send("bad");
        var received = await Receive(Second);
        await Queues.Poison(received.Single(message => message.Body == "bad"), CancellationToken.None);

        await Pass(Second);

        Assert.Equal("good", (await ReceiveOne(Minute)).Body);
        Assert.Equal("bad", Assert.Single(await ReceivePoison()).Body);
    }

    [Fact]
    public async Task There_is_no_poison_of_poison()
    {
        await Queues.Poison(await SendAndReceive("x", Minute), CancellationToken.None);
        var copy = Assert.Single(await ReceivePoison());

        await Assert.ThrowsAsync<ArgumentException>(() => Queues.Poison(copy, CancellationToken.None));
        Assert.True(await Delete(copy));
    }

    [Fact]
    public async Task Poison_with_a_void_receipt_leaves_the_message_to_its_new_taker()
    {
        var first = await SendAndReceive("x", Second);
        await Pass(Second);
        var second = await ReceiveOne(Minute);

        await Queues.Poison(first, CancellationToken.None);

        Assert.Single(await ReceivePoison());
        Assert.True(await Delete(second));
    }

    [Fact]
    public async Task Each_of_five_hundred_messages_goes_to_one_of_eight_receivers()
    {
        var bodies = Enumerable.Range(0, 500).Select(i => $"{i}").ToList();
        foreach (var chunk in bodies.Chunk(50)) await Task.WhenAll(chunk.Select(Send));

        var received = await InParallel(8, async _ =>
        {
            var mine = new List<QueueMessage>();
            while (await Receive() is { Count: > 0 } messages) mine.AddRange(messages);
            return mine;
        });

        var all = received.SelectMany(messages => messages).ToList();
        Assert.Equal(bodies.Order(), all.Select(message => message.Body).Order());
        Assert.All(all, message => Assert.Equal(1, message.DequeueCount));
        Assert.Equal(all.Count, all.Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public async Task One_message_goes_to_one_of_many_receivers()
    {
        await Send("x");

        var received = await InParallel(16, _ => Receive());

        Assert.Single(received.SelectMany(messages => messages));
    }

    [Fact]
    public async Task Of_many_deletes_of_one_message_one_succeeds()
    {
        var message = await SendAndReceive("x", Minute);

        var deleted = await InParallel(16, _ => Delete(message));

        Assert.Single(deleted, success => success);
    }

    [Fact]
    public async Task What_its_takers_did_not_delete_comes_back()
    {
        foreach (var i in Enumerable.Range(0, 20)) await Send($"{i}");
        var taken = await Receive(2 * Second);
        var (done, forgotten) = (taken.Take(8).ToList(), taken.Skip(8).ToList());
        foreach (var message in done) Assert.True(await Delete(message));

        await Pass(2 * Second);
        var back = await Receive();

        Assert.Equal(forgotten.Select(message => message.Id).Order(), back.Select(message => message.Id).Order());
        Assert.All(back, message => Assert.Equal(2, message.DequeueCount));
    }

    [Fact]
    public async Task What_was_cancelled_before_it_began_does_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        var message = await SendAndReceive("x", Second);

        await AssertCancelled(() => Queues.Send(Queue, "y", TimeSpan.Zero, cancelled));
        await AssertCancelled(() => Queues.Delete(message, cancelled));
        await AssertCancelled(() => Queues.Hide(message, Minute, cancelled));
        await AssertCancelled(() => Queues.Poison(message, cancelled));
        await AssertCancelled(() => Queues.Count(Queue, cancelled));
        await Pass(Second);
        await AssertCancelled(() => Queues.Receive(Queue, 1, Second, cancelled));

        Assert.Equal(2, (await ReceiveOne(Minute)).DequeueCount);
        Assert.Empty(await ReceivePoison());

        static Task AssertCancelled(Func<Task> call) => Assert.ThrowsAnyAsync<OperationCanceledException>(call);
    }

    private Task<IReadOnlyList<QueueMessage>> ReceivePoison() => Queues.Receive(
        Queue + MessageQueues.PoisonSuffix, MessageQueues.ReceiveMax, Minute, CancellationToken.None);

    private static Task<T[]> InParallel<T>(int count, Func<int, Task<T>> action) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => action(i))));
}

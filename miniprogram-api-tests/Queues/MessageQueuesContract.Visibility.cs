using Pond.Platform.Queues;

namespace Pond.Tests.Queues;

public abstract partial class MessageQueuesContract
{
    [Fact]
    public async Task A_queue_that_nobody_made_is_empty()
    {
        Assert.Empty(await Receive());
        Assert.Equal(0, await Count());
    }

    [Fact]
    public async Task A_sent_message_is_received_with_what_belongs_to_it()
    {
        var message = await SendAndReceive("x", Minute);

        Assert.Equal((Queue, "x", 1), (message.Queue, message.Body, message.DequeueCount));
        Assert.NotEmpty(message.Id);
        Assert.NotEmpty(message.Receipt);
    }

    [Fact]
    public async Task A_delayed_message_is_hidden_until_its_time()
    {
        await Queues.Send(Queue, "x", 3 * Second, CancellationToken.None);

        Assert.Empty(await Receive());
        await Pass(Second);
        Assert.Empty(await Receive());
        await Pass(2 * Second);
        Assert.Equal(1, (await ReceiveOne(Minute)).DequeueCount);
    }

    [Fact]
    public async Task A_received_message_is_hidden_and_comes_back_when_its_taker_is_silent()
    {
        var first = await SendAndReceive("x", 3 * Second);

        await Pass(Second);
        Assert.Empty(await Receive());
        await Pass(2 * Second);
        var second = await ReceiveOne(Minute);

        Assert.Equal(first with { Receipt = second.Receipt, DequeueCount = 2 }, second);
        Assert.NotEqual(first.Receipt, second.Receipt);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task Each_receive_is_counted(int times)
    {
        await Send("x");
        for (var time = 1; time <= times; time++)
        {
            Assert.Equal(time, (await ReceiveOne(Second)).DequeueCount);
            await Pass(Second);
        }
    }

    [Fact]
    public async Task A_deleted_message_does_not_come_back()
    {
        var message = await SendAndReceive("x", Second);

        Assert.True(await Delete(message));
        Assert.False(await Delete(message));
        await Pass(2 * Second);
        Assert.Empty(await Receive());
    }

    [Fact]
    public async Task A_receipt_holds_until_the_next_receive_even_when_the_time_is_over()
    {
        var message = await SendAndReceive("x", Second);
        await Pass(2 * Second);

        Assert.True(await Delete(message));
        Assert.Empty(await Receive());
    }

    [Fact]
    public async Task The_next_receive_makes_the_receipt_void()
    {
        var first = await SendAndReceive("x", Second);
        await Pass(Second);
        var second = await ReceiveOne(Minute);

        Assert.False(await Delete(first));
        Assert.Null(await Hide(first, TimeSpan.Zero));
        Assert.Empty(await Receive());
        Assert.True(await Delete(second));
    }

    [Fact]
    public async Task To_hide_a_message_again_gives_its_taker_more_time()
    {
        var message = await SendAndReceive("x", 2 * Second);

        Assert.NotNull(await Hide(message, 5 * Second));
        await Pass(3 * Second);
        Assert.Empty(await Receive());
        await Pass(2 * Second);
        Assert.Equal(2, (await ReceiveOne(Minute)).DequeueCount);
    }

    [Fact]
    public async Task To_hide_a_message_for_no_time_shows_it_at_once()
    {
        var message = await SendAndReceive("x", Minute);

        Assert.NotNull(await Hide(message, TimeSpan.Zero));

        Assert.Equal(2, (await ReceiveOne(Minute)).DequeueCount);
    }

    [Fact]
    public async Task To_hide_a_message_makes_the_receipt_void_and_gives_another()
    {
        var before = await SendAndReceive("x", Minute);
        var after = await Hide(before, Minute);

        Assert.Equal(before with { Receipt = after!.Receipt }, after);
        Assert.False(await Delete(before));
        Assert.Null(await Hide(before, Minute));
        Assert.True(await Delete(after));
    }

    [Fact]
    public async Task A_message_whose_time_is_over_can_be_hidden_until_it_is_received()
    {
        var message = await SendAndReceive("x", Second);
        await Pass(2 * Second);

        Assert.NotNull(await Hide(message, Minute));
        Assert.Empty(await Receive());
    }

    [Fact]
    public async Task A_deleted_message_cannot_be_hidden()
    {
        var message = await SendAndReceive("x", Minute);
        await Delete(message);

        Assert.Null(await Hide(message, TimeSpan.Zero));
        Assert.Empty(await Receive());
    }

    [Fact]
    public async Task The_count_holds_the_hidden_messages_too()
    {
        await Send("visible");
        await Queues.Send(Queue, "delayed", Minute, CancellationToken.None);
        Assert.Equal(2, await Count());

        var taken = await ReceiveOne(Minute);
        Assert.Equal(2, await Count());

        await Delete(taken);
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task Queues_know_nothing_of_each_other()
    {
        var other = Queue + "-b";
        var mine = await SendAndReceive("mine", Minute);
        await Queues.Send(other, "theirs", TimeSpan.Zero, CancellationToken.None);

        Assert.Empty(await Receive());
        Assert.False(await Delete(mine with { Queue = other }));
        Assert.Null(await Hide(mine with { Queue = other }, TimeSpan.Zero));
        var theirs = Assert.Single(await Queues.Receive(other, 32, Minute, CancellationToken.None));
        Assert.Equal("theirs", theirs.Body);
        Assert.True(await Delete(mine));
    }
}

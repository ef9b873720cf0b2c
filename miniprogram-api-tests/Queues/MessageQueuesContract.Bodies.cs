using Pond.Platform.Queues;

namespace Pond.Tests.Queues;

public abstract partial class MessageQueuesContract
{
    [Theory, InlineData(new[] { 0xD83D }), InlineData(new[] { 0xDE00 }), InlineData(new[] { 0xD83D, 0xDE00, 0xD83D })]
    [InlineData(new[] { 0x61, 0, 0x61 })]
    public async Task A_body_with_half_a_character_or_one_of_zero_is_refused(int[] units)
    {
        // No attribute can hold half a character: the compiler would mend it.
        var body = string.Concat(units.Select(unit => (char)unit));

        await Assert.ThrowsAsync<ArgumentException>(() => Send(body));
        Assert.Equal(0, await Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData(" x ")]
    [InlineData("\r\n\t")]
    [InlineData("中文，会员积分")]
    [InlineData("😀👨‍👩‍👧")]
    [InlineData("eA==")]
    [InlineData("<a>&amp;</a>")]
    [InlineData("'; DELETE FROM message; --")]
    [InlineData("""{"partition":"m:0","row":"X:1"}""")]
    public async Task A_body_comes_back_as_it_was_sent(string body)
    {
        await Send(body);

        Assert.Equal(body, (await ReceiveOne(Minute)).Body);
    }

    [Theory]
    [InlineData("x", 1)]
    [InlineData("é", 2)]
    [InlineData("中", 3)]
    [InlineData("😀", 4)]
    public async Task A_body_may_be_as_long_as_the_limit_and_no_longer(string fill, int bytes)
    {
        var longest = string.Concat(Enumerable.Repeat(fill, MessageQueues.BodyBytesMax / bytes));

        await Assert.ThrowsAsync<ArgumentException>(() => Send(longest + "x"));
        Assert.Equal(0, await Count());
        await Send(longest);
        Assert.True(longest == (await ReceiveOne(Minute)).Body);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("000")]
    [InlineData("a-b")]
    [InlineData("1-2-3")]
    [InlineData("coupon-claimed-poison")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123")]
    public async Task Good_names_work(string queue)
    {
        await Queues.Send(queue, "x", TimeSpan.Zero, CancellationToken.None);

        var received = await Queues.Receive(queue, MessageQueues.ReceiveMax, Minute, CancellationToken.None);

        Assert.NotEmpty(received);
        Assert.All(received, message => Assert.Equal(queue, message.Queue));
        foreach (var message in received) Assert.True(await Delete(message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    [InlineData("Abc")]
    [InlineData("abC")]
    [InlineData("a_b")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("-ab")]
    [InlineData("ab-")]
    [InlineData("a--b")]
    [InlineData("积分队列")]
    public async Task Bad_names_are_refused_everywhere(string queue)
    {
        var none = CancellationToken.None;
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Queues.Send(queue, "x", TimeSpan.Zero, none));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Queues.Receive(queue, 1, Minute, none));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Queues.Count(queue, none));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(32)]
    public async Task Batches_of_any_size_take_every_message_once(int max)
    {
        var bodies = Enumerable.Range(0, 40).Select(i => $"{i}").ToList();
        foreach (var body in bodies) await Send(body);

        var taken = new List<string>();
        while (await Queues.Receive(Queue, max, Minute, CancellationToken.None) is { Count: > 0 } received)
        {
            Assert.InRange(received.Count, 1, max);
            taken.AddRange(received.Select(message => message.Body));
        }

        Assert.Equal(bodies.Order(), taken.Order());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(33)]
    public async Task A_batch_of_a_forbidden_size_is_a_bug_of_the_caller(int max) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Queues.Receive(Queue, max, Minute, CancellationToken.None));

    [Theory]
    [InlineData(-1)]
    [InlineData((7 * 24 * 60 * 60) + 1)]
    public async Task A_delay_outside_seven_days_is_a_bug_of_the_caller(int seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        var message = await SendAndReceive("x", Minute);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Queues.Send(Queue, "x", time, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Receive(time));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Hide(message, time));
        Assert.Equal(1, await Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    public async Task A_receive_for_less_than_a_second_is_a_bug_of_the_caller(int milliseconds) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Receive(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public async Task Seven_days_are_allowed_everywhere()
    {
        await Queues.Send(Queue, "later", MessageQueues.VisibilityMax, CancellationToken.None);
        var message = await SendAndReceive("now", MessageQueues.VisibilityMax);

        Assert.NotNull(await Hide(message, MessageQueues.VisibilityMax));
        Assert.Equal(2, await Count());
    }
}

using Pond.Platform.Queues;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Queues;

public sealed class SqliteQueuesTests : MessageQueuesContract
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SqliteFile file = new();
    private SqliteDatabase database = null!;

    protected override Task<MessageQueues> Open(TimeProvider clock)
    {
        database = file.Open();
        return Task.FromResult<MessageQueues>(new SqliteQueues(database, clock));
    }

    protected override Task Close() => file.DisposeAsync().AsTask();

    [Fact]
    public async Task Messages_survive_a_restart_with_all_that_belongs_to_them()
    {
        await Queues.Send(Queue, "taken", TimeSpan.Zero, None);
        var taken = await TakeOne();
        await Queues.Send(Queue, "delayed", Minute, None);
        await database.DisposeAsync();

        var reopened = new SqliteQueues(file.Open(), Clock);

        Assert.Empty(await reopened.Receive(Queue, 32, Minute, None));
        Assert.True(await reopened.Delete(taken, None));
        await Pass(Minute);
        Assert.Equal("delayed", Assert.Single(await reopened.Receive(Queue, 32, Minute, None)).Body);
    }

    [Fact]
    public async Task An_id_is_not_given_twice_even_after_a_restart()
    {
        await Queues.Send(Queue, "x", TimeSpan.Zero, None);
        var first = await TakeOne();
        await Queues.Delete(first, None);
        await database.DisposeAsync();

        var reopened = new SqliteQueues(file.Open(), Clock);
        await reopened.Send(Queue, "y", TimeSpan.Zero, None);

        Assert.NotEqual(first.Id, Assert.Single(await reopened.Receive(Queue, 1, Minute, None)).Id);
        Assert.False(await reopened.Delete(first, None));
    }

    [Fact]
    public async Task A_message_is_visible_from_the_very_tick_of_its_time()
    {
        await Queues.Send(Queue, "x", Minute, None);

        Clock.Advance(Minute - Tick);
        Assert.Empty(await Queues.Receive(Queue, 1, Minute, None));
        Clock.Advance(Tick);
        Assert.Equal(HandClock.Start, (await TakeOne()).InsertedAt);
        Clock.Advance(Minute - Tick);
        Assert.Empty(await Queues.Receive(Queue, 1, Minute, None));
        Clock.Advance(Tick);
        Assert.Equal(2, (await TakeOne()).DequeueCount);
    }

    [Fact]
    public async Task Messages_come_in_the_order_of_their_time_then_of_their_sending()
    {
        await Queues.Send(Queue, "third", Minute + Tick, None);
        await Queues.Send(Queue, "first", Minute, None);
        await Queues.Send(Queue, "second", Minute, None);
        Clock.Advance(2 * Minute);

        var received = await Queues.Receive(Queue, 32, Minute, None);

        Assert.Equal(["first", "second", "third"], received.Select(message => message.Body));
    }

    [Fact]
    public async Task A_send_is_announced_once_the_message_can_be_received()
    {
        var queues = (SqliteQueues)Queues;
        var announced = new List<(string Queue, long Visible)>();
        queues.Sent += queue => announced.Add((queue, queues.Count(queue, None).GetAwaiter().GetResult()));

        await queues.Send(Queue, "later", Minute, None);
        Assert.Empty(announced);
        await queues.Send(Queue, "now", TimeSpan.Zero, None);
        await queues.Poison(await TakeOne(), None);

        Assert.Equal([(Queue, 2), (Queue + "-poison", 1)], announced);
    }

    [Fact]
    public async Task To_look_into_an_empty_queue_is_no_write()
    {
        await Queues.Send(Queue, "delayed", Minute, None);
        var before = database.Groups;

        for (var i = 0; i < 100; i++) await Queues.Receive(Queue, 32, Minute, None);

        Assert.Equal(before, database.Groups);
    }

    [Fact]
    public async Task Queues_and_rows_share_a_file()
    {
        var store = new SqlitePartitionStore(database);
        await store.Commit("p", [new Write.Insert("a", "row")], None);
        await Queues.Send(Queue, "message", TimeSpan.Zero, None);

        Assert.Equal("row", (await store.Find("p", "a", None))?.Data);
        Assert.Equal("message", (await TakeOne()).Body);
    }

    private async Task<QueueMessage> TakeOne() => Assert.Single(await Queues.Receive(Queue, 1, Minute, None));
}

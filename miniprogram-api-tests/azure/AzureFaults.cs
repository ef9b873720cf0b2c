using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Pond.Platform;
using Pond.Platform.Azure;
using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Tests.Azure;

/// <summary>What the adapters make of a storage account that fails, and of a network that does.</summary>
public sealed class AzureFaults : IAsyncLifetime
{
    private const string Queue = "orders";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Write[] OneRow = [new Write.Insert("a", "x")];

    private StorageProxy proxy = null!;
    private AzureStorage storage = null!;
    private AzurePartitionStore store = null!;
    private AzureQueues queues = null!;

    public async Task InitializeAsync()
    {
        proxy = await StorageProxy.Start();
        storage = AzureStorage.Open(new PondStorageOptions { ConnectionString = proxy.Connection }, StoreUse.Serving);
        await storage.Commits.CreateAsync();
        (store, queues) = (new(storage), new(storage));
    }

    public async Task DisposeAsync() => await proxy.DisposeAsync();

    [Theory]
    [InlineData(408, null)]
    [InlineData(429, null)]
    [InlineData(500, "OperationTimedOut")]
    [InlineData(502, null)]
    [InlineData(503, "ServerBusy")]
    [InlineData(504, null)]
    public async Task Of_a_commit_that_got_such_an_answer_nobody_knows_and_it_is_not_sent_again(int status, string? code)
    {
        proxy.Fault = request => StorageProxy.IsCommit(request) ? new NetworkFault.Answers(status, code) : null;

        Assert.IsType<CommitOutcome.Unknown>(await Commit());

        Assert.Equal(1, CommitsSeen);
    }

    [Fact]
    public async Task Of_a_commit_whose_answer_was_lost_nobody_knows_and_it_is_not_sent_again_though_it_is_stored()
    {
        proxy.Fault = request => StorageProxy.IsCommit(request) ? new NetworkFault.LosesAnswer() : null;

        Assert.IsType<CommitOutcome.Unknown>(await Commit());

        Assert.Equal(1, CommitsSeen);
        Assert.Equal("x", (await store.Find("p", "a", None))!.Data);
    }

    [Fact]
    public async Task Of_a_commit_that_is_never_answered_nobody_knows()
    {
        proxy.Fault = request => StorageProxy.IsCommit(request) ? new NetworkFault.Hangs() : null;

        Assert.IsType<CommitOutcome.Unknown>(await Commit());

        Assert.Equal(1, CommitsSeen);
    }

    [Fact]
    public void All_tries_of_a_read_and_their_pauses_fit_into_the_time_of_an_operation()
    {
        var tries = (1 + AzureStorage.RetriesMax) * StoreUse.Serving.TryTimeLimit;
        var pauses = AzureStorage.RetriesMax * AzureStorage.LongestPause;

        Assert.True(tries + pauses < Transactor.TimeLimit);
    }

    [Theory]
    [InlineData(400, "InvalidInput")]
    [InlineData(413, "RequestBodyTooLarge")]
    public async Task A_commit_that_is_malformed_or_too_large_is_rejected(int status, string code)
    {
        proxy.Fault = request => StorageProxy.IsCommit(request) ? new NetworkFault.Answers(status, code) : null;

        Assert.IsType<CommitOutcome.Rejected>(await Commit());
    }

    [Theory]
    [InlineData(401, "NoAuthenticationInformation")]
    [InlineData(403, "AuthenticationFailed")]
    [InlineData(404, "TableNotFound")]
    [InlineData(409, "TableBeingDeleted")]
    public async Task An_account_that_is_closed_to_us_is_a_fault_of_reads_and_commits(int status, string code)
    {
        proxy.Fault = _ => new NetworkFault.Answers(status, code);

        await Assert.ThrowsAsync<StoreUnavailableException>(Commit);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Find("p", "a", None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Range("p", "a", "b", 10, None));
    }

    [Fact]
    public async Task A_row_that_is_not_there_is_no_fault() => Assert.Null(await store.Find("p", "missing", None));

    [Fact]
    public async Task A_row_that_somebody_made_by_hand_is_named()
    {
        await storage.Commits.AddEntityAsync(new global::Azure.Data.Tables.TableEntity("p", "by-hand"));

        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Find("p", "by-hand", None));

        Assert.Contains("by-hand", fault.Message);
    }

    [Fact]
    public async Task A_caller_who_stops_waiting_during_a_later_try_is_not_told_of_a_failure_either()
    {
        using var source = new CancellationTokenSource();
        var tries = 0;
        proxy.Fault = _ =>
        {
            if (++tries == 1) return new NetworkFault.Answers(StatusCodes.Status503ServiceUnavailable);
            source.Cancel();
            return new NetworkFault.Hangs();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Find("p", "a", source.Token));
    }

    [Fact]
    public async Task A_table_that_is_gone_is_a_fault_and_not_an_empty_table()
    {
        await storage.Commits.DeleteAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Find("p", "a", None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Range("p", "a", "b", 10, None));
        await Assert.ThrowsAsync<StoreUnavailableException>(Commit);
    }

    [Fact]
    public async Task A_read_is_tried_again_and_every_busy_answer_is_counted()
    {
        await Commit();
        using var throttled = new Throttled(proxy);
        var busy = 2;
        proxy.Fault = _ => busy-- > 0 ? new NetworkFault.Answers(StatusCodes.Status503ServiceUnavailable) : null;

        Assert.NotNull(await store.Find("p", "a", None));

        Assert.Equal(2, throttled.Count);
    }

    [Fact]
    public async Task Reads_of_an_account_that_stays_busy_end_after_a_few_tries()
    {
        using var throttled = new Throttled(proxy);
        proxy.Fault = _ => new NetworkFault.Answers(StatusCodes.Status429TooManyRequests);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Find("p", "a", None));

        Assert.Equal(1 + AzureStorage.RetriesMax, throttled.Count);
    }

    [Fact]
    public async Task A_caller_who_stops_waiting_is_not_told_of_a_failure()
    {
        using var source = new CancellationTokenSource();
        proxy.Fault = _ =>
        {
            source.Cancel();
            return new NetworkFault.Hangs();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Find("p", "a", source.Token));
    }

    [Fact]
    public async Task Every_call_of_a_queue_service_that_fails_says_so()
    {
        await queues.Send(Queue, "x", TimeSpan.Zero, None);
        var message = Assert.Single(await queues.Receive(Queue, 1, TimeSpan.FromMinutes(1), None));
        proxy.Fault = _ => new NetworkFault.Answers(StatusCodes.Status500InternalServerError);

        await Assert.ThrowsAsync<QueueUnavailableException>(() => queues.Send(Queue, "x", TimeSpan.Zero, None));
        await Assert.ThrowsAsync<QueueUnavailableException>(
            () => queues.Receive(Queue, 1, TimeSpan.FromMinutes(1), None));
        await Assert.ThrowsAsync<QueueUnavailableException>(() => queues.Delete(message, None));
        await Assert.ThrowsAsync<QueueUnavailableException>(() => queues.Hide(message, TimeSpan.Zero, None));
        await Assert.ThrowsAsync<QueueUnavailableException>(() => queues.Peek(Queue, 1, None));
        await Assert.ThrowsAsync<QueueUnavailableException>(() => queues.Count(Queue, None));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(60_000)]
    public async Task A_message_that_is_not_base64_moves_to_the_poison_queue_and_keeps_nobody_waiting(int length)
    {
        var text = '{' + new string('?', length);
        await queues.Send(Queue, "sound", TimeSpan.Zero, None);
        var foreign = new global::Azure.Storage.Queues.QueueClient(proxy.Connection, Queue);
        await foreign.SendMessageAsync(text);

        var taken = await queues.Receive(Queue, MessageQueues.ReceiveMax, TimeSpan.FromMinutes(1), None);

        Assert.Equal("sound", Assert.Single(taken).Body);
        var poison = await queues.Receive(
            Queue + MessageQueues.PoisonSuffix, MessageQueues.ReceiveMax, TimeSpan.FromMinutes(1), None);
        Assert.StartsWith(Assert.Single(poison).Body, text);
        Assert.Equal(1, await queues.Count(Queue, None));
    }

    private Task<CommitOutcome> Commit() => store.Commit("p", OneRow, None);

    private int CommitsSeen => proxy.Requests.Count(request => request.EndsWith("/$batch", StringComparison.Ordinal));

    /// <summary>The metric of busy answers, as far as it comes from one proxy.</summary>
    private sealed class Throttled : IDisposable
    {
        private readonly MeterListener listener = new();
        private int count;

        public Throttled(StorageProxy proxy)
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == ThrottleMeter.Throttled) self.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            {
                foreach (var tag in tags)
                    if (tag.Value is int port && port == proxy.TablePort) Interlocked.Add(ref count, (int)value);
            });
            listener.Start();
        }

        public int Count => Volatile.Read(ref count);

        public void Dispose() => listener.Dispose();
    }
}

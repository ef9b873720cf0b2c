using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Queues.Models;
using Pond.Platform;
using Pond.Platform.Azure;
using Pond.Platform.Queues;

namespace Pond.Tests.Azure;

/// <summary>An account for one test, and what really lies there, read past the app.</summary>
internal sealed class AzuriteAccount(string connection)
{
    private static readonly TimeSpan DrainedWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    // With the patience of a copy: on a busy machine an answer takes longer than an app would wait for.
    private readonly AzureStorage storage =
        AzureStorage.Open(new PondStorageOptions { ConnectionString = connection }, StoreUse.Importing);

    /// <summary>For an app whose rows and messages are to lie there.</summary>
    public CommonStorage Storage =>
        new(new Dictionary<string, string> { [PondStorageOptions.Section] = connection }, _ => Rows());

    public static async Task<AzuriteAccount> Open() => new((await Azurite.Shared).NewAccount());

    /// <summary>Every row.</summary>
    public async Task<IReadOnlyList<StoredRow>> Rows()
    {
        var rows = new List<StoredRow>();
        await foreach (var entity in storage.Rows.QueryAsync<TableEntity>())
            rows.Add(new StoredRow(entity.PartitionKey, entity.RowKey, Data(entity)));
        return rows;
    }

    /// <summary>Every message of every queue is gone.</summary>
    public Task Purge() =>
        Task.WhenAll(TriggeredQueues.Names.Select(queue => storage.Queues.GetQueueClient(queue).ClearMessagesAsync()));

    /// <summary>Waits until those who run have taken every message that can be taken now.</summary>
    public async Task Drain()
    {
        using var limit = new CancellationTokenSource(DrainedWithin);
        while (!await IsDrained()) await Task.Delay(BetweenLooks, limit.Token);
    }

    /// <summary>How many of the messages that are left somebody has taken and not settled.</summary>
    /// <remarks>The lease of a dead process may have run out meanwhile: then its message can be seen, and tells it.</remarks>
    public async Task<int> Taken()
    {
        await AssertNoneEverFailed();
        var taken = 0;
        foreach (var queue in TriggeredQueues.Names.Select(storage.Queues.GetQueueClient))
        {
            var visible = (await queue.PeekMessagesAsync(queue.MaxPeekableMessages)).Value;
            QueueProperties properties = await queue.GetPropertiesAsync();
            taken += properties.ApproximateMessagesCount - visible.Count(message => message.DequeueCount == 0);
        }

        return taken;
    }

    /// <summary>Whether no queue holds a message that could be taken now, nor any ever failed.</summary>
    public async Task<bool> IsDrained()
    {
        foreach (var queue in TriggeredQueues.Names)
            if ((await storage.Queues.GetQueueClient(queue).PeekMessagesAsync(1)).Value.Length > 0) return false;
        await AssertNoneEverFailed();
        return true;
    }

    private async Task AssertNoneEverFailed()
    {
        await foreach (var queue in storage.Queues.GetQueuesAsync())
            Assert.DoesNotContain(MessageQueues.PoisonSuffix, queue.Name, StringComparison.Ordinal);
    }

    private static string Data(TableEntity entity)
    {
        var parts = Enumerable.Range(0, int.MaxValue)
            .Select(index => entity.GetString("d" + index.ToString(CultureInfo.InvariantCulture)))
            .TakeWhile(part => part is not null);
        return string.Concat(parts);
    }
}

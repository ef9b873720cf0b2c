using Pond.Platform.Queues;

namespace Pond.Platform.Azure;

/// <summary>Makes the table and the queues when the app starts, should they be missing.</summary>
/// <remarks>
/// Once. A table that is deleted later is not made again: it held everything, and an empty one would look healthy.
/// </remarks>
internal sealed partial class StorageCreation(
    AzureStorage storage, Dice dice, TimeProvider clock, ILogger<StorageCreation> log) : BackgroundService
{
    private const int PauseMsMax = 5_000;

    /// <summary>Azure stops an app that does not start within half a minute.</summary>
    private static readonly TimeSpan FirstTryTimeLimit = TimeSpan.FromSeconds(10);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // The first try comes before the first request; further ones do not hold up the start.
        using var limit = new CancellationTokenSource(FirstTryTimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        if (!await TryCreate(either.Token, cancellationToken)) await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do await Task.Delay(TimeSpan.FromMilliseconds(1 + dice.Roll(PauseMsMax)), clock, stoppingToken);
        while (!await TryCreate(stoppingToken, stoppingToken));
    }

    private async Task<bool> TryCreate(CancellationToken cancel, CancellationToken stop)
    {
        try
        {
            await storage.Commits.CreateIfNotExistsAsync(cancel);
            await Task.WhenAll(TriggeredQueues.Names.Select(queue =>
                storage.Queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancel)));
            return true;
        }
        catch (Exception failure) when (AzureFailures.IsOfAzure(failure, stop))
        {
            CannotCreate(failure);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The table and the queues of PondStorage cannot be made yet; trying again")]
    private partial void CannotCreate(Exception failure);
}

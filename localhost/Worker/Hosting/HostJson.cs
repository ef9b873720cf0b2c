using Microsoft.Extensions.Configuration;

namespace Pond.LocalHost;

/// <summary>The parts of <c>host.json</c> that the local host obeys.</summary>
/// <param name="RoutePrefix">Before every route; may be empty.</param>
public sealed record HostJson(string RoutePrefix, QueueSettings Queues)
{
    /// <summary>Settings of this section override the file, as they do in Azure.</summary>
    private const string OverrideSection = "AzureFunctionsJobHost";

    private const string RoutePrefixDefault = "api";

    /// <summary>Reads the file next to the app.</summary>
    /// <exception cref="InvalidOperationException">A number is out of range.</exception>
    public static HostJson Read(string folder, IConfiguration configuration)
    {
        var file = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(folder, "host.json"), optional: false)
            .AddConfiguration(configuration.GetSection(OverrideSection))
            .Build();
        var queues = file.GetSection("extensions:queues").Get<QueueSettings>() ?? new QueueSettings();
        return new HostJson((file["extensions:http:routePrefix"] ?? RoutePrefixDefault).Trim('/'), queues.Checked());
    }
}

/// <summary>How the queue pump works; the defaults are the Functions host's.</summary>
public sealed record QueueSettings
{
    /// <summary>Messages that one receive may give.</summary>
    public const int BatchSizeMax = 32;

    /// <summary>Messages taken at once, 1 … 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Messages that may still run when the next batch is taken; null: half a batch for each core.</summary>
    public int? NewBatchThreshold { get; init; }

    /// <summary>Tries of one message before it goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a failed message stays hidden.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>The longest wait between two looks at an empty queue.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    internal int NewBatchThresholdOrDefault => NewBatchThreshold ?? BatchSize / 2 * Environment.ProcessorCount;

    internal QueueSettings Checked()
    {
        if (BatchSize is < 1 or > BatchSizeMax)
            throw Broken("batchSize", $"1 … {BatchSizeMax}, not {BatchSize}");
        if (MaxDequeueCount < 1)
            throw Broken("maxDequeueCount", $"at least 1, not {MaxDequeueCount}");
        if (NewBatchThreshold < 0)
            throw Broken("newBatchThreshold", $"at least 0, not {NewBatchThreshold}");
        return this;
    }

    private static InvalidOperationException Broken(string name, string rule) =>
        new($"host.json: extensions.queues.{name} is {rule}.");
}

namespace Pond.Platform;

/// <summary>
/// Chooses where rows and messages live: in Azure when <c>PondStorage</c> is set, else in a file of this machine.
/// </summary>
/// <remarks>Which of the two a build knows is decided by the folders that are compiled into it.</remarks>
public static partial class StoreChoice
{
    private const string NoAzure =
        $"{PondStorageOptions.Section} is set, but this build is without Azure's SDK: run \"npm ci\" in " +
        "miniprogram-api-tests/azure and build again, or build with AzureSdk=nuget.";

    private const string NoEmbedded =
        $"{PondStorageOptions.Section} is missing: set a connection string, or the name of an account.";

    /// <summary>Registers the store and the queues.</summary>
    /// <param name="problems">Gets a sentence for each setting that keeps the store from being chosen.</param>
    public static void AddStore(
        this IServiceCollection services, IConfiguration configuration, StoreUse use, ICollection<string> problems)
    {
        var options = PondStorageOptions.From(configuration);
        string[] wrong = [.. options.Problems()];
        foreach (var problem in wrong) problems.Add(problem);
        if (wrong.Length > 0) return;

        var chosen = false;
        if (options.IsSet) AddAzure(services, options, use, problems, ref chosen);
        else AddEmbedded(services, configuration, use, problems, ref chosen);
        if (!chosen) problems.Add(options.IsSet ? NoAzure : NoEmbedded);
        AddLocalDelivery(services);
    }

    static partial void AddAzure(
        IServiceCollection services,
        PondStorageOptions options,
        StoreUse use,
        ICollection<string> problems,
        ref bool chosen);

    static partial void AddEmbedded(
        IServiceCollection services,
        IConfiguration configuration,
        StoreUse use,
        ICollection<string> problems,
        ref bool chosen);

    /// <summary>Lets the local host deliver the messages; in Azure the Functions host does.</summary>
    static partial void AddLocalDelivery(IServiceCollection services);
}

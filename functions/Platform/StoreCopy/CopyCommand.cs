using Pond.Platform.Storage;

namespace Pond.Platform.StoreCopy;

/// <summary>
/// <c>export FILE</c> and <c>import FILE</c>: moves everything between the store of this machine and Azure. The app
/// itself does not start.
/// </summary>
public sealed class CopyCommand
{
    private const string Export = "export";
    private const string Import = "import";
    private const string Usage = $"Usage: {Export} FILE [--setting=value …] or {Import} FILE [--setting=value …]";

    private readonly bool isExport;
    private readonly string? path;

    private CopyCommand(string verb, string[] rest)
    {
        isExport = verb == Export;
        if (rest is [var file, .. var settings] && file is not ['-', ..] && settings is [] or [['-', ..], ..])
            (path, Settings) = (file, settings);
    }

    /// <summary>What of the command line is settings.</summary>
    public string[] Settings { get; } = [];

    /// <summary>The command that a command line asks for, or null when it asks for the app.</summary>
    public static CopyCommand? Of(string[] args) =>
        args is [Export or Import, ..] ? new CopyCommand(args[0], args[1..]) : null;

    /// <summary>Copies, and tells on the console what it did or why not.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Run(IConfiguration configuration)
    {
        try
        {
            var sum = await Copy(path ?? throw new StoreCopyException(Usage), configuration);
            Console.WriteLine(
                $"{(isExport ? "Exported" : "Imported")} {sum.Rows} rows in {sum.Partitions} partitions, " +
                $"SHA-256 {sum.Sha256}");
            return 0;
        }
        catch (Exception failure) when (failure is StoreCopyException or StoreUnavailableException
            or SettingsException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(Sentence(failure));
            return 1;
        }
    }

    private async Task<CopySum> Copy(string file, IConfiguration configuration)
    {
        var problems = new List<string>();
        var services = new ServiceCollection();
        services.AddStore(configuration, isExport ? StoreUse.Exporting : StoreUse.Importing, problems);
        SettingsException.ThrowIfAny(problems);

#pragma warning disable RS0030 // beside the composition root, which is for the app
        var clock = TimeProvider.System;
#pragma warning restore RS0030
        var progress = new CopyProgress(Console.Out, clock);
        await using var provider = services.BuildServiceProvider();
        var (whole, rows) = Open(provider);
        return isExport
            ? await new StoreExport(whole, progress).Run(file, CancellationToken.None)
            : await new StoreImport(whole, rows, new Dice(), clock, progress).Run(file, CancellationToken.None);
    }

    private static (WholeStore Whole, PartitionStore Rows) Open(ServiceProvider services)
    {
        try
        {
            return (services.GetRequiredService<WholeStore>(), services.GetRequiredService<PartitionStore>());
        }
        catch (Exception failure)
        {
            throw new StoreCopyException("The store cannot be opened.", failure); // whatever the adapter calls it
        }
    }

    /// <summary>The failure and its cause, without what only a programmer could use.</summary>
    private static string Sentence(Exception failure) => failure.InnerException is { } cause
        ? $"{failure.Message} {cause.Message.Split('\n')[0].TrimEnd()}"
        : failure.Message.Replace("\n- ", " ", StringComparison.Ordinal);
}

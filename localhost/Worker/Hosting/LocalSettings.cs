using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Pond.LocalHost;

/// <summary>What <c>local.settings.json</c> says, the Functions tools' settings of one machine.</summary>
/// <param name="Values">Configuration, with <c>:</c> between the parts of a key.</param>
/// <param name="Port"><c>Host.LocalHttpPort</c>, or null.</param>
/// <param name="Cors"><c>Host.CORS</c>: origins between commas, or <c>*</c>; null for none.</param>
/// <param name="Notice">A line for the console, or null.</param>
internal sealed record LocalSettings(
    IReadOnlyDictionary<string, string?> Values, int? Port, string? Cors, string? Notice)
{
    public const string FileName = "local.settings.json";
    public const string SampleFileName = "local.settings.sample.json";

    private const string SolutionFileName = "Serverless.sln";

    private static readonly LocalSettings None = new(new Dictionary<string, string?>(), null, null, null);

    /// <summary>The settings file nearest to the folders, or else the sample nearest to them.</summary>
    /// <exception cref="InvalidOperationException">The file is encrypted.</exception>
    public static LocalSettings Find(IReadOnlyList<string> folders)
    {
        var places = folders.SelectMany(UpToSolution).Distinct().ToList();
        if (Nearest(places, FileName) is { } settings) return Read(settings, notice: null);
        if (Nearest(places, SampleFileName) is { } sample)
            return Read(sample, $"No {FileName}: using {sample}. Copy it to {FileName} to change something.");
        return None;
    }

    /// <summary>The folder of Serverless.sln above the first folder, or that folder itself.</summary>
    public static string Root(string folder)
    {
        var last = UpToSolution(folder).Last();
        return HasSolution(last) ? last : folder;
    }

    /// <summary>The folder and those above it, up to that of Serverless.sln; without one, the folder alone.</summary>
    private static IEnumerable<string> UpToSolution(string folder)
    {
        var above = new List<string>();
        for (var at = new DirectoryInfo(Path.GetFullPath(folder)); at is not null; at = at.Parent)
        {
            above.Add(at.FullName);
            if (HasSolution(at.FullName)) return above;
        }

        return above.Take(1);
    }

    private static bool HasSolution(string folder) => File.Exists(Path.Combine(folder, SolutionFileName));

    private static string? Nearest(IEnumerable<string> places, string fileName) =>
        places.Select(place => Path.Combine(place, fileName)).FirstOrDefault(File.Exists);

    private static LocalSettings Read(string path, string? notice)
    {
        var file = new ConfigurationBuilder().AddJsonFile(path, optional: false).Build();
        if (file.GetValue<bool>("IsEncrypted"))
            throw new InvalidOperationException($"{path} is encrypted: run 'func settings decrypt'.");

        var values = file.GetSection("Values").AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => ConfigurationKey(pair.Key), pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        var port = file["Host:LocalHttpPort"] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : (int?)null;
        return new LocalSettings(values, port, file["Host:CORS"], notice);
    }

    /// <summary>A setting's name as configuration writes it.</summary>
    public static string ConfigurationKey(string name) =>
        name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
}

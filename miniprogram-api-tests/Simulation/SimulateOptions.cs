using System.Globalization;

namespace Pond.Tests.Simulation;

/// <summary>What the command "simulate" is asked for.</summary>
/// <param name="Seeds">How many; as many as the time allows when null.</param>
/// <param name="From">The first.</param>
/// <param name="Minutes">The longest that it goes on; no limit when null.</param>
/// <param name="Processes">Side by side, each with every so-manieth seed.</param>
/// <param name="Step">From one seed to the next.</param>
/// <param name="IsQuiet">Whether only figures are told, for a process above.</param>
/// <param name="Trace">Whether everything that happens is told.</param>
/// <param name="Shrinks">Whether a failure is made smaller.</param>
internal sealed record SimulateOptions(
    int? Seeds, ulong From, double? Minutes, int Processes, int Step, bool IsQuiet, bool Trace, bool Shrinks)
{
    public const string Usage =
        "simulate [--seeds N] [--from S] [--minutes M] [--processes P] [--trace] [--no-shrink]";

    private const int SeedsDefault = 100;

    /// <summary>Null when the arguments are none that the command knows.</summary>
    public static SimulateOptions? Of(string[] args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--trace" or "--quiet" or "--no-shrink") values[args[i]] = "1";
            else if (args[i] is "--seeds" or "--from" or "--minutes" or "--processes" or "--step" && i + 1 < args.Length)
                values[args[i]] = args[++i];
            else return null;
        }

        double? Number(string name) => values.TryGetValue(name, out var text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        var minutes = Number("--minutes");
        return new SimulateOptions(
            (int?)Number("--seeds") ?? (minutes is null ? SeedsDefault : null),
            (ulong)(Number("--from") ?? 1),
            minutes,
            (int)(Number("--processes") ?? 1),
            (int)(Number("--step") ?? 1),
            values.ContainsKey("--quiet"),
            values.ContainsKey("--trace"),
            !values.ContainsKey("--no-shrink"));
    }
}

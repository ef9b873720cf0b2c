using System.Collections;
using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Pond.LocalHost;

/// <summary>How a local host starts.</summary>
/// <remarks>As it stands it sees nothing of the machine that it runs on, which is what a test wants.</remarks>
public sealed record LocalHostOptions
{
    /// <summary>
    /// The command line: <c>--port N</c>, <c>--environment NAME</c>, <c>--demo</c> and any configuration key.
    /// </summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>The real environment variables; they win over settings files.</summary>
    public IReadOnlyDictionary<string, string?> EnvironmentVariables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where the search for <c>local.settings.json</c> starts.</summary>
    /// <remarks>
    /// From each folder it goes upwards to that of Serverless.sln. With no folder there are no settings
    /// files, no data folder and no development keys.
    /// </remarks>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Where the functions are.</summary>
    public required Assembly FunctionsAssembly { get; init; }

    /// <summary>Which of its classes count.</summary>
    public Predicate<Type> Includes { get; init; } = _ => true;

    /// <summary>Whether queues are pumped and timers run by themselves.</summary>
    /// <remarks>Without it, <see cref="QueuePump"/> and <see cref="TimerRunner"/> do so when they are told.</remarks>
    public bool RunTriggers { get; init; } = true;

    /// <summary>Where the table of functions is printed at start.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>A builder that starts so; <see cref="FunctionsApplication.CreateBuilder"/> for tests.</summary>
    public FunctionsApplicationBuilder CreateBuilder() => new(this);

    /// <summary>What <c>dotnet run</c> starts with.</summary>
    internal static LocalHostOptions OfThisMachine(string[] args) => new()
    {
        Args = args,
        EnvironmentVariables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => variable.Value as string),
        Folders = [Directory.GetCurrentDirectory(), AppContext.BaseDirectory],
        FunctionsAssembly = Assembly.GetEntryAssembly()
            ?? throw new InvalidOperationException("There is no entry assembly to look for functions in."),
        Output = Console.Out,
    };
}

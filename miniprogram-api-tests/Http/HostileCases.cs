using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pond.Tests.Http;

/// <summary>Counts hostile requests and judges their answers: refused, in the one shape, telling nothing.</summary>
public sealed partial class HostileCases(string about)
{
    private const int EchoCharsMax = 64;
    private const int FaultsShown = 25;

    internal static readonly string[] Secrets =
    [
        MiniProgramApi.AppSecret, MiniProgramApi.BootstrapKey, Convert.ToBase64String(new byte[32]),
        Convert.ToBase64String(HostileApp.SigningSecret),
        "   at ", "Exception", "pond.db", "SQLite", "System.",
    ];

    private readonly List<string> faults = [];
    private int count;

    /// <summary>A refusal is due: 4xx, as a problem.</summary>
    /// <param name="name">Tells this case from the others.</param>
    /// <param name="input">What was sent, to find it in the answer.</param>
    /// <param name="allowed">Further conditions on status and code, or null.</param>
    public void MustRefuse(string name, RawAnswer answer, string input, Func<int, string, bool>? allowed = null)
    {
        count++;
        if (answer.Status is < 400 or > 499) Fault(name, answer, "is not refused");
        else CheckProblem(name, answer, input, allowed ?? ((_, _) => true));
    }

    /// <summary>The server may take it or refuse it, but it neither fails nor refuses in another shape.</summary>
    public void MayRefuse(string name, RawAnswer answer, string input)
    {
        count++;
        if (answer.Status is < 200 or > 499) Fault(name, answer, "fails");
        else if (answer.Status >= 400) CheckProblem(name, answer, input, (_, _) => true);
    }

    /// <summary>What the web server answers before any of our code: a refusal, without our body.</summary>
    public void MustRefuseBare(string name, RawAnswer answer)
    {
        count++;
        if (answer.Status is < 400 or > 499) Fault(name, answer, "is not refused");
    }

    /// <summary>The one 5xx that is right: what the app itself has stored is broken, and it neither guesses nor tells.</summary>
    public void MustStop(string name, RawAnswer answer, string stored, int commits)
    {
        count++;
        if (answer.Status is not (500 or 503)) Fault(name, answer, "goes on");
        else if (commits > 0) Fault(name, answer, $"has stored {commits}");
        else CheckProblem(name, answer, stored, (_, code) => code is "internal" or "storage.busy");
    }

    public void Check(string name, bool holds)
    {
        count++;
        if (!holds) faults.Add(name);
    }

    /// <summary>All cases were as they should be, and there were as many as the corpus says at least.</summary>
    public void Done()
    {
        var (_, casesMin) = HostileCorpus.Floors[about];
        Console.WriteLine($"{about}: {count} cases");
        var shown = string.Join("\n", faults.Take(FaultsShown));
        Assert.True(faults.Count == 0, $"{faults.Count} of {count} cases:\n{shown}");
        Assert.True(count >= casesMin, $"{about}: only {count} cases, {casesMin} expected");
    }

    private void CheckProblem(string name, RawAnswer answer, string input, Func<int, string, bool> allowed)
    {
        if (answer.MediaType != "application/problem+json")
        {
            Fault(name, answer, $"is {answer.MediaType ?? "without a body"}, no problem");
            return;
        }

        var problem = JsonDocument.Parse(answer.Body).RootElement;
        var code = problem.Text("code");
        if (!TraceId().IsMatch(problem.TryGetProperty("traceId", out var trace) ? trace.GetString() ?? "" : ""))
            Fault(name, answer, "has no trace id");
        if (problem.Whole("status") != answer.Status) Fault(name, answer, "names another status");
        if (!HostileCorpus.Codes.Contains(code)) Fault(name, answer, "bears a code that nobody knows");
        if (!allowed(answer.Status, code)) Fault(name, answer, "is refused for something else");
        if (Secrets.FirstOrDefault(secret => answer.Body.Contains(secret, StringComparison.Ordinal)) is { } told)
            Fault(name, answer, $"tells {told}");
        if (Echoes(answer.Body, input)) Fault(name, answer, "echoes the input");
    }

    private static bool Echoes(string body, string input) => input.Length > EchoCharsMax
        && Enumerable.Range(0, Math.Max(0, body.Length - EchoCharsMax))
            .Any(start => input.Contains(body.Substring(start, EchoCharsMax + 1), StringComparison.Ordinal));

    private void Fault(string name, RawAnswer answer, string what) =>
        faults.Add($"{Start(name, 80)}: {answer.Status} {what}: {Start(answer.Body, 200)}");

    private static string Start(string text, int charsMax) => text.Length <= charsMax ? text : text[..charsMax] + "…";

    [GeneratedRegex("^(?!0{32})[0-9a-f]{32}$")]
    private static partial Regex TraceId();
}

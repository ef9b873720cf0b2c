using System.Text.Json;
using Pond.Tests.Http;

namespace Pond.Tests.Fuzzing;

/// <summary>What is asked of every answer, whatever the request was.</summary>
internal sealed class FuzzJudge(FuzzWorld world)
{
    /// <summary>What is wrong with the answer, or null.</summary>
    public string? Fault(ApiOperation operation, FuzzRequest request, RawAnswer answer)
    {
        if (answer.Status >= 500) return "fails";
        if (TellsOfBob(operation, request, answer)) return "tells of another member";
        if (answer.Status is >= 200 and < 300) return null;
        if (answer.Status is >= 300 and < 400) return "leads elsewhere";
        if (answer.MediaType != "application/problem+json")
            return IsOutside(request, answer) ? null : $"is {answer.MediaType ?? "bare"}, no problem";

        var problem = JsonDocument.Parse(answer.Body).RootElement;
        var code = problem.Text("code");
        if (problem.Whole("status") != answer.Status) return "names another status";
        if (!HostileCorpus.Codes.Contains(code)) return "bears a code that nobody knows";
        if (!problem.TryGetProperty("traceId", out var trace)) return "has no trace id";
        if (HostileCases.Secrets.Concat(world.Secrets()).Any(secret => answer.Body.Contains(secret, StringComparison.Ordinal)))
            return "tells a secret";
        string[] stored = [.. world.Commits.Take(trace.GetString()!).Where(commit => !IsHarmless(commit))];
        return stored.Length == 0 ? null : $"has stored {string.Join(" | ", stored.Take(4))}";
    }

    // Bob's own session is refreshed without a credential; operators see members; who asks with his id knows it.
    private bool TellsOfBob(ApiOperation operation, FuzzRequest request, RawAnswer answer) =>
        operation.Caller != "operator"
        && (FuzzWorld.OfBob.Any(mark => answer.Body.Contains(mark, StringComparison.Ordinal))
            || (operation.Caller == "member" && answer.Body.Contains(world.App.Bob.MemberId, StringComparison.Ordinal)
                && !request.Holds(world.App.Bob.MemberId)));

    // Dots climb out of /api, where nothing is ours.
    private static bool IsOutside(FuzzRequest request, RawAnswer answer) =>
        answer.Status is 400 or 404 && request.Path.Contains("..", StringComparison.Ordinal);

    // Neither is an effect of the request: a key is bound to the content that it came with, since that says which
    // partition is asked; and shards hear at once of a change of their template that was accepted before.
    private static bool IsHarmless(string commit) =>
        commit.StartsWith("k:", StringComparison.Ordinal)
        || commit.Contains("op:CopyToAll:", StringComparison.Ordinal);
}

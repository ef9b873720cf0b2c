using System.Text.Json;

namespace Pond.LocalHost.Demo;

/// <summary>
/// Asks one request after the other, counts them, and stops at the first answer that should not have come.
/// </summary>
internal sealed class Walk(
    DemoClient client, Display display, TimeProvider clock, CancellationToken cancel)
{
    /// <summary>How often the demo looks for what the queues bring about.</summary>
    private const int LooksMax = 100;

    /// <summary>Pages of a list that the demo reads.</summary>
    private const int PagesMax = 100;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly List<StageTally> tallies = [];

    /// <summary>One for each stage so far.</summary>
    public IReadOnlyList<StageTally> Tallies => tallies;

    /// <exception cref="DemoStoppedException">A step failed.</exception>
    public async Task Play(Stage stage)
    {
        var tally = new StageTally(stage.Name);
        tallies.Add(tally);
        var beganAt = clock.GetTimestamp();
        try
        {
            await display.Play(stage);
        }
        catch (DemoStoppedException)
        {
            tally.FailureCount++;
            throw;
        }
        finally
        {
            tally.Took = clock.GetElapsedTime(beganAt);
        }
    }

    /// <summary>Asks without a line of its own: a "yes", or a "no" that may be.</summary>
    /// <exception cref="DemoStoppedException">Any other answer.</exception>
    public async Task<Answer> Ask(Request request, params IReadOnlyList<string> mayRefuse)
    {
        tallies[^1].RequestCount++;
        var answer = await client.Ask(request, cancel);
        return answer.IsYes || (answer.RefusalCode is { } code && mayRefuse.Contains(code))
            ? answer
            : throw new DemoStoppedException(answer);
    }

    /// <summary>Asks without a line of its own, and reads the answer.</summary>
    public async Task<T> Ask<T>(Request request) => Read<T>(await Ask(request, mayRefuse: []));

    /// <summary>All pages of a list, without a line of its own.</summary>
    public async Task<IReadOnlyList<T>> AskAll<T>(Request request)
    {
        var all = new List<T>();
        var next = request;
        for (var page = 1; page <= PagesMax; page++)
        {
            var list = await Ask<ListAnswer<T>>(next);
            all.AddRange(list.Items);
            if (list.Next is not { } cursor) break;
            next = request with { Path = $"{request.Path}&cursor={cursor}" };
        }

        return all;
    }

    /// <summary>One step with its line.</summary>
    /// <param name="tell">The answer in words.</param>
    /// <param name="holds">What must be true of it.</param>
    public async Task<T> Step<T>(string what, Request request, Func<T, string> tell, Predicate<T>? holds = null)
    {
        var answer = await Ask(request, mayRefuse: []);
        var value = Read<T>(answer);
        if (holds?.Invoke(value) == false) throw new DemoStoppedException(answer);
        display.Step(what, answer, tell(value));
        return value;
    }

    /// <summary>One step that must be refused, with its line.</summary>
    public async Task StepRefused(string what, Request request, string code)
    {
        var answer = await Ask(request, code);
        if (answer.IsYes) throw new DemoStoppedException(answer);
        display.Step(what, answer, $"{answer.RefusalDetail} ({code})");
    }

    /// <summary>Looks again and again until the queues have done their part; the time is that of all looks.</summary>
    public async Task<(T Value, Answer Last)> LookUntil<T>(Request request, Predicate<T> isThere)
    {
        var beganAt = clock.GetTimestamp();
        for (var look = 1; ; look++)
        {
            var answer = await Ask(request, mayRefuse: []);
            var value = Read<T>(answer);
            if (isThere(value)) return (value, answer with { Took = clock.GetElapsedTime(beganAt) });
            if (look == LooksMax) throw new DemoStoppedException(answer);
            await Task.Delay(LookEvery, clock, cancel);
        }
    }

    private static T Read<T>(Answer answer)
    {
        try
        {
            return answer.Read<T>();
        }
        catch (JsonException)
        {
            throw new DemoStoppedException(answer);
        }
    }
}

/// <summary>A part of the demo.</summary>
internal sealed record Stage(string Name, IReadOnlyList<Func<Task>> Steps);

/// <summary>What a stage came to.</summary>
internal sealed class StageTally(string name)
{
    public string Name { get; } = name;

    public int RequestCount { get; set; }

    public int FailureCount { get; set; }

    public TimeSpan Took { get; set; }
}

/// <summary>An answer came that should not have come.</summary>
internal sealed class DemoStoppedException(Answer answer) : Exception(answer.Body)
{
    public Answer Answer { get; } = answer;
}

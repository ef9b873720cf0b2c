using System.Diagnostics;
using Pond.Platform.Storage;
using Pond.Tests.Http;

namespace Pond.Tests.Fuzzing;

/// <summary>The judge of mutated requests finds each fault: otherwise fifty thousand answers would prove nothing.</summary>
public sealed class JudgingAnswers : IAsyncLifetime
{
    private const string Trace = "0123456789abcdef0123456789abcdef";
    private const string Problem = "application/problem+json";

    private static readonly (int Status, string Type, string Code, int Said, string Told, string? Fault)[] Answers =
    [
        (404, Problem, "member.missing", 404, "", null),
        (200, "application/json", "", 0, "", null),
        (500, Problem, "internal", 500, "", "fails"),
        (503, Problem, "storage.busy", 503, "", "fails"),
        (302, "text/html", "", 0, "", "leads elsewhere"),
        (400, "text/html", "", 0, "", "is text/html, no problem"),
        (400, Problem, "member.missing", 404, "", "names another status"),
        (404, Problem, "nobody.knows", 404, "", "bears a code that nobody knows"),
        (404, Problem, "member.missing", 404, MiniProgramApi.AppSecret, "tells a secret"),
        (404, Problem, "member.missing", 404, FuzzWorld.OfBob[2], "tells of another member"),
        (200, "application/json", "", 0, FuzzWorld.OfBob[2], "tells of another member"),
    ];

    private static readonly (string Partition, string Key, bool IsHarmless)[] Stored =
    [
        ("m:1", "op:x:1", false), ("00:due:outbox", "202603020400:m:1", false), ("k:0123", "op:AdjustPoints:1", true),
    ];

    private FuzzWorld world = null!;

    public async Task InitializeAsync() => world = await FuzzWorld.Start();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public void Every_fault_is_found()
    {
        Assert.All(Answers, answer => Assert.Equal(answer.Fault, Judge(answer.Status, answer.Type, Body(answer))));

        static string Body((int, string, string Code, int Said, string Told, string?) answer) =>
            $"{{\"status\":{answer.Said},\"code\":\"{answer.Code}\",\"traceId\":\"{Trace}\",\"detail\":\"{answer.Told}\"}}";
    }

    [Fact]
    public void What_a_refused_request_has_stored_is_found() => Assert.All(Stored, stored =>
    {
        using var activity = new Activity("a request").SetIdFormat(ActivityIdFormat.W3C).Start();
        world.Commits.Add(stored.Partition, [new Write.Insert(stored.Key, "{}")]);
        var body = $"{{\"status\":404,\"code\":\"member.missing\",\"traceId\":\"{activity.TraceId}\"}}";

        Assert.Equal(stored.IsHarmless, Judge(404, Problem, body) is null);
    });

    private string? Judge(int status, string type, string body)
    {
        var operation = world.App.Operations.First(each => each.Caller == "member");
        var headers = new Dictionary<string, string> { ["Content-Type"] = type };
        return new FuzzJudge(world).Fault(operation, world.Valid(operation), new RawAnswer(status, headers, body));
    }
}

using System.Globalization;
using System.Text.Json;
using Pond.Platform;

namespace Pond.Tests.Simulation;

/// <summary>
/// Somebody who calls: a shopper's phone or an operator's console. It asks again with the same key until it is answered,
/// and gives up at last.
/// </summary>
internal sealed class SimulatedPhone(World world, string name, string? operatorKey = null)
{
    /// <summary>What the names of those who visit begin with.</summary>
    public const string Visit = "visit";

    /// <summary>How often somebody asks who wants an answer.</summary>
    public const int TriesMax = 8;

    private const string Malformed = "request.malformed";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan QuickMin = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan QuickMax = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(8);

    private readonly bool isConsole = operatorKey is not null;
    private string? token = operatorKey;

    public string Name => name;

    public string MemberId { get; private set; } = "";

    /// <summary>By which its shopper comes first; null for none.</summary>
    public string? InviteCode { get; init; }

    public Task<Reply> Get(string path) => Send("GET", path);

    public Task<Reply> Post(string path, object? body = null) => Send("POST", path, body, NewKey());

    public Task<Reply> Put(string path, object body) => Send("PUT", path, body);

    /// <summary>A key that no call has used.</summary>
    public string NewKey() => $"sim-{world.Names.Next():x16}";

    /// <returns>The answer; none when it has given up, and then nobody knows.</returns>
    public async Task<Reply> Send(
        string method, string path, object? body = null, string? key = null, int triesMax = TriesMax)
    {
        if (Actor.Current?.Name.StartsWith(Visit, StringComparison.Ordinal) == true) world.Calls++;
        var (sendings, heard) = (0, new List<Reply>());
        var bytes = body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web);
        for (var tries = 1; tries <= triesMax; tries++)
        {
            if (tries > 1) await world.Pause(world.Noise.Between(QuickMax, PauseMax));
            if (token is null && !await LogIn()) continue;

            List<(string, string)> headers = [("Authorization", $"Bearer {token}")];
            if (key is not null) headers.Add(("Idempotency-Key", key));
            var copies = method != "GET" && world.Strikes(FaultKind.RequestDoubled) ? 2 : 1;
            sendings += copies;
            var reply = Reply.Of(await Once(new Request(method, path, headers, bytes), heard, copies));
            if (reply.Status is 401 && !isConsole) token = null;
            if (!reply.IsFinal) continue;
            world.Trace.Add($"{name} {method} {path} {reply.Status.ToString(CultureInfo.InvariantCulture)}", reply.Code);
            Assert.NotEqual(Malformed, reply.Code); // a flow that talks nonsense tries nothing
            return reply with { IsDoubtful = reply.IsRefused && sendings > 1, Heard = heard };
        }

        world.Trace.Add($"{name} {method} {path} unknown");
        return Reply.None with { Heard = heard };
    }

    /// <summary>Shows its shopper's login code to the app.</summary>
    public async Task<bool> LogIn()
    {
        var code = world.WeChat.Sandbox.Codes.Issue(name);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { code, inviteCode = InviteCode }, JsonSerializerOptions.Web);
        var reply = Reply.Of(await Once(new Request("POST", "/api/session", [], body), []));
        if (!reply.IsSuccess) return false;
        (MemberId, token) = (reply.Body.Text("memberId"), reply.Body.Text("accessToken"));
        return true;
    }

    private Task<Answer?> Once(Request request, List<Reply> heard, int copies = 1)
    {
        var answer = new TaskCompletionSource<Answer?>();
        world.Scheduler.In(Patience, () => world.Phones.In(TimeSpan.Zero, _ => answer.TrySetResult(null)));
        var (delay, node) = (world.Noise.Between(QuickMin, QuickMax), (Node?)null);
        for (var copy = 0; copy < copies; copy++)
        {
            node = world.AnyNode(but: node);
            if (!world.Strikes(FaultKind.RequestLost)) Travel(request, node, heard, answer, delay);
        }

        return answer.Task;
    }

    private void Travel(
        Request request, Node? node, List<Reply> heard, TaskCompletionSource<Answer?> answer, TimeSpan delay)
    {
        var actor = Actor.Current ?? world.Own;
        if (node is null)
        {
            world.Phones.In(delay, _ => answer.TrySetResult(null)); // nobody listens
            return;
        }

        world.Scheduler.In(delay, () => world.Begin(node.Machine, actor, async () =>
        {
            var came = await world.Serve(node, request);
            if (world.Strikes(FaultKind.AnswerLost)) return;
            world.Phones.In(world.Noise.Between(QuickMin, QuickMax), _ =>
            {
                heard.Add(Reply.Of(came));
                answer.TrySetResult(came);
            });
        }));
    }
}

/// <summary>What a caller was told at last.</summary>
/// <param name="Status">Of HTTP; 0 when there was no answer.</param>
internal sealed record Reply(int Status, JsonElement Body)
{
    public static readonly Reply None = new(0, default);

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether the rules have said no; such a no is final for its key, and changes nothing.</summary>
    public bool IsRefused => Status is >= 400 and < 500;

    public bool IsUnknown => Status == 0;

    /// <summary>
    /// A no to one of several sendings: the others may be under way still, in a process that stands still, and meet
    /// another state.
    /// </summary>
    public bool IsDoubtful { get; init; }

    /// <summary>Every answer to any of the sendings, the one that counts and those that come after it.</summary>
    public IReadOnlyList<Reply> Heard { get; init; } = [];

    /// <summary>Whether nobody can know yet if it happens.</summary>
    public bool IsOpen => IsUnknown || IsDoubtful;

    /// <summary>The code of a refusal; nothing for other answers.</summary>
    public string Code => IsRefused ? Body.Text("code") : "";

    /// <summary>Whether asking again makes no sense.</summary>
    public bool IsFinal => !IsUnknown && Status is not (401 or 429 or >= 500);

    public static Reply Of(Answer? answer) => answer is null
        ? None
        : new Reply(answer.Status, answer.Body.Length == 0 ? default : JsonDocument.Parse(answer.Body).RootElement);
}

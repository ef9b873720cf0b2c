using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.Processes;

/// <summary>Shoppers who log in, claim and check in, all at once, and remember what they were told.</summary>
/// <param name="ample">A template with coupons for everybody, two for each.</param>
/// <param name="scarce">A template that is soon sold out, one for each.</param>
internal sealed class Rush(SandboxServer weChat, string ample, string scarce)
{
    public const int AmplePerMember = 2;

    private const int Shoppers = 8;

    private readonly ConcurrentQueue<Wish> unanswered = new();
    private readonly ConcurrentBag<Wish> answered = [];
    private readonly ConcurrentDictionary<string, string> memberIds = new();
    private int shoppers;

    public IReadOnlyCollection<Wish> Answered => answered;

    /// <summary>Shoppers who got a login answered, with the member that they were told they are.</summary>
    public IReadOnlyDictionary<string, string> MemberIds => memberIds;

    /// <summary>
    /// Goes on until so many wishes have been answered, then ends the app, and waits until all have noticed.
    /// </summary>
    /// <returns>How many wishes have no answer.</returns>
    public async Task<int> Until(int answers, HttpClient http, Func<Task> end)
    {
        var (left, ended) = (answers, false);
        await Task.WhenAll(Enumerable.Range(0, Shoppers).Select(_ => Task.Run(GoOn)));
        return unanswered.Count;

        async Task GoOn()
        {
            while (!Volatile.Read(ref ended))
            {
                foreach (var wish in await NextWishes(http))
                {
                    await Send(wish, http);
                    if (wish.Status is null || Interlocked.Decrement(ref left) != 0) continue;
                    Volatile.Write(ref ended, true);
                    await end();
                }
            }
        }
    }

    /// <summary>Asks again for all that was not answered, until it is.</summary>
    public async Task AskAgain(HttpClient http)
    {
        for (var rounds = 0; !unanswered.IsEmpty; rounds++)
        {
            Assert.InRange(rounds, 0, 10);
            var wishes = new List<Wish>();
            while (unanswered.TryDequeue(out var wish)) wishes.Add(wish);
            await Task.WhenAll(wishes.Select(wish => Send(wish, http)));
        }
    }

    private async Task Send(Wish wish, HttpClient http)
    {
        if (await wish.Send(http)) answered.Add(wish);
        else unanswered.Enqueue(wish);
    }

    /// <summary>Those that an earlier process left unanswered come first.</summary>
    private async Task<IReadOnlyList<Wish>> NextWishes(HttpClient http)
    {
        if (unanswered.TryDequeue(out var earlier)) return [earlier];

        var shopper = $"shopper-{Interlocked.Increment(ref shoppers)}";
        if (await LogIn(shopper, http) is not { } accessToken) return [];
        string[] paths =
        [
            .. Enumerable.Repeat($"/api/coupons/{ample}/claims", AmplePerMember + 1),
            $"/api/coupons/{scarce}/claims",
            "/api/me/check-ins",
        ];
        return [.. paths.Select(path => new Wish(shopper, accessToken, path))];
    }

    private async Task<string?> LogIn(string shopper, HttpClient http)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync("/api/session", new { code = weChat.Codes.Issue(shopper) });
            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable) return null;
            var session = await answer.Json();
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            memberIds[shopper] = session.Text("memberId");
            return session.Text("accessToken");
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Pond.LocalHost.WeChatSandbox;
using Pond.Tests.Coupons;

namespace Pond.Tests.Processes;

/// <summary>
/// Shoppers who log in, claim, check in, and are given points and spend some, all at once, and remember what they
/// were told.
/// </summary>
/// <param name="ample">A template with coupons for everybody, two for each.</param>
/// <param name="scarce">A template that is soon sold out, one for each.</param>
/// <param name="operatorKey">Of the one who gives and takes points.</param>
internal sealed class Rush(SandboxServer weChat, string ample, string scarce, string operatorKey)
{
    public const string CheckIns = "/api/me/check-ins";
    public const string Adjustments = "/api/operator/points-adjustments";
    public const int GivenPoints = 100;
    public const int SpentPoints = -30;
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
    /// <param name="app">The process to send the next wish to.</param>
    /// <returns>How many wishes have no answer.</returns>
    public async Task<int> Until(int answers, Func<HttpClient> app, Func<Task> end)
    {
        var (left, ended) = (answers, false);
        await Task.WhenAll(Enumerable.Range(0, Shoppers).Select(_ => Task.Run(GoOn)));
        return unanswered.Count;

        async Task GoOn()
        {
            while (!Volatile.Read(ref ended))
            {
                foreach (var wish in await NextWishes(app()))
                {
                    await Send(wish, app());
                    if (wish.Status is null || Interlocked.Decrement(ref left) != 0) continue;
                    Volatile.Write(ref ended, true);
                    await end();
                }
            }
        }
    }

    /// <summary>Asks again for all that was not answered, until it is.</summary>
    public async Task AskAgain(Func<HttpClient> app)
    {
        for (var rounds = 0; !unanswered.IsEmpty; rounds++)
        {
            Assert.InRange(rounds, 0, 10);
            var wishes = new List<Wish>();
            while (unanswered.TryDequeue(out var wish)) wishes.Add(wish);
            await Task.WhenAll(wishes.Select(wish => Send(wish, app())));
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
            .. Enumerable.Repeat(CouponSteps.ClaimsOf(ample), AmplePerMember + 1),
            CouponSteps.ClaimsOf(scarce),
            CheckIns,
        ];
        return
        [
            .. paths.Select(path => new Wish(shopper, accessToken, path)),
            Adjustment(shopper, GivenPoints), Adjustment(shopper, SpentPoints),
        ];
    }

    private Wish Adjustment(string shopper, long points) => new(
        shopper, operatorKey, Adjustments, new { memberId = memberIds[shopper], points, reason = "到店" });

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
        catch (Exception broken) when (broken is HttpRequestException or SocketException)
        {
            return null;
        }
    }
}

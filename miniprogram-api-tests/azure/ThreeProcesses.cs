using System.Net;
using System.Net.Http.Json;
using Pond.Platform.Outbox;
using Pond.Tests.Coupons;
using Pond.Tests.FaultInjection;
using Pond.Tests.Processes;

namespace Pond.Tests.Azure;

/// <summary>Three processes on one account, for tests that leave all of them running.</summary>
public sealed class ThreeProcesses : IAsyncLifetime
{
    private const int CrowdSizeUsually = 300;
    private const int LoginsAtOnce = 12;
    private const int LoginsMax = 20;
    private const int LooksBetweenSweeps = 4;

    /// <summary>Long enough for the processes' own sweep to find what an operation that gave up had left.</summary>
    private static readonly TimeSpan QuietMax = DueHints.Ripening + TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(3); // each costs Azurite something

    private RushHour hour = null!;
    private Phone[] crowd = [];
    private int shoppers;

    /// <summary>One more host on the account, to look and to sweep with: it takes no messages by itself.</summary>
    public MiniProgramApi Onlooker { get; private set; } = null!;

    internal Func<Task<AzuriteAccount>> OpenAccount { get; init; } = AzuriteAccount.Open;

    internal int CrowdSize { get; init; } = CrowdSizeUsually;

    internal AzuriteAccount Account { get; private set; } = null!;

    internal Fleet Fleet { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Account = await OpenAccount();
        hour = await RushHour.Open(Account.Storage);
        Onlooker = await hour.LookIn();
        Fleet = new Fleet(hour);
        await Fleet.AllUp();
    }

    public async Task DisposeAsync()
    {
        await Fleet.DisposeAsync();
        await Onlooker.DisposeAsync();
        await hour.DisposeAsync();
    }

    /// <summary>A template that is open now.</summary>
    public Task<string> Publish(int stock, int perMember = 1, int shards = 1) =>
        Onlooker.PublishTemplate(Some.OpenTemplate(stock, perMember, shards));

    /// <summary>A shopper whom no test has seen.</summary>
    public Task<Phone> Newcomer() => LogIn($"newcomer-{Interlocked.Increment(ref shoppers)}", Fleet.Next());

    /// <summary>Many shoppers, the same for each test.</summary>
    public async Task<Phone[]> Crowd()
    {
        if (crowd.Length > 0) return crowd;
        var phones = new Phone[CrowdSize];
        var options = new ParallelOptions { MaxDegreeOfParallelism = LoginsAtOnce };
        await Parallel.ForAsync(
            0, CrowdSize, options, async (i, _) => phones[i] = await LogIn($"one-of-many-{i}", Fleet.Next()));
        return crowd = phones;
    }

    /// <summary>A login at one process, with a new code for as long as the answer is 503.</summary>
    public async Task<Phone> LogIn(string shopper, HttpClient app)
    {
        for (var logins = 1; ; logins++)
        {
            var body = new { code = hour.WeChat.Codes.Issue(shopper) };
            using var answer = await app.PostAsJsonAsync("/api/session", body);
            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable && logins < LoginsMax) continue;
            var it = await answer.EnsureSuccessStatusCode().Json();
            return new Phone(Onlooker, it.Text("memberId"), it.Text("accessToken"), it.Text("refreshToken"));
        }
    }

    /// <summary>
    /// Waits until every message has had its effect, then looks whether all adds up. A row that was left behind need not
    /// wait for the processes' own sweep.
    /// </summary>
    internal async Task<IReadOnlyList<StoredRow>> BalancedBooks()
    {
        var looks = 0;
        await WaitUntil(async () =>
        {
            if (await Account.IsDrained() && !await IsAnythingWaiting()) return true;
            if (++looks % LooksBetweenSweeps == 0) await Sweep();
            return false;
        });
        var rows = await Account.Rows();
        Books.AssertBalanced(rows);
        return rows;
    }

    /// <summary>Sweeps as if minutes had passed, again and again, until the processes have handled every row.</summary>
    internal Task SweepUntilNothingWaits() => WaitUntil(async () =>
    {
        await Sweep();
        return !await IsAnythingWaiting();
    });

    internal async Task<bool> IsAnythingWaiting() => (await Account.Rows()).Any(row => row.IsWaiting);

    private Task Sweep()
    {
        Onlooker.Clock.Advance(Settling.BetweenSweeps);
        return Onlooker.Fire(nameof(SweepOutbox));
    }

    private static async Task WaitUntil(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(QuietMax);
        while (!await isSo()) await Task.Delay(BetweenLooks, limit.Token);
    }
}

[CollectionDefinition(nameof(ThreeProcesses))]
public sealed class SharingThreeProcesses : ICollectionFixture<ThreeProcesses>;

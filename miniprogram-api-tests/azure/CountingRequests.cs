using Pond.Tests.Coupons;

namespace Pond.Tests.Azure;

/// <summary>What one call of the API sends to the storage account: one request for each call of the store.</summary>
public sealed class CountingRequests : IAsyncLifetime
{
    private StorageProxy proxy = null!;
    private MiniProgramApi api = null!;
    private Phone alice = null!;

    public async Task InitializeAsync()
    {
        proxy = await StorageProxy.Start();
        api = await MiniProgramApi.Start(new Dictionary<string, string> { ["PondStorage"] = proxy.Connection });
        alice = await api.LogIn("alice");
    }

    public async Task DisposeAsync()
    {
        await api.DisposeAsync();
        await proxy.DisposeAsync();
    }

    [Fact]
    public Task A_profile_reads_three_rows() => Sends(() => alice.Get("/api/me"), reads: 3);

    [Fact]
    public Task A_wallet_reads_a_row_and_a_range() => Sends(() => alice.Get("/api/me/coupons"), reads: 2);

    [Fact]
    public Task A_first_check_in_reads_eight_times_leaves_a_hint_of_the_points_end_and_commits_once() =>
        Sends(() => alice.Post("/api/me/check-ins"), reads: 8, commits: 1 + 1);

    [Fact]
    public async Task A_claim_reads_five_times_and_commits_once_leaves_a_hint_once_a_minute_and_sends_one_message()
    {
        var templateId = await api.PublishTemplate(perMember: 2);
        await api.Deliver();
        var claim = () => alice.Post(CouponSteps.ClaimsOf(templateId));

        await Sends(claim, reads: 5, commits: 1 + 1, messages: 1);
        await Sends(claim, reads: 5, commits: 1, messages: 1);
    }

    private async Task Sends(Func<Task<HttpResponseMessage>> call, int reads, int commits = 0, int messages = 0)
    {
        proxy.Requests.Clear();
        (await call()).EnsureSuccessStatusCode();

        var sent = proxy.Requests.CountBy(request => request.Split(' ')[0] switch
        {
            "GET" => nameof(reads),
            _ => request.EndsWith("/$batch", StringComparison.Ordinal) ? nameof(commits) : nameof(messages),
        }).ToDictionary();
        Assert.Equal(
            (reads, commits, messages),
            (Of(nameof(reads)), Of(nameof(commits)), Of(nameof(messages))));

        int Of(string kind) => sent.GetValueOrDefault(kind);
    }
}

using System.Diagnostics;
using System.Net;
using Pond.Operators;

namespace Pond.Tests.Operators;

[Rule("ADM-09")]
public sealed class KeepingATenantsKeys : IAsyncLifetime
{
    private const string LookPath = "/api/operator/coupon-templates";

    private static readonly TimeSpan HangMax = TimeSpan.FromSeconds(30);

    private OpenIdProvider tenant = null!;
    private MiniProgramApi api = null!;

    private DateTimeOffset Now => api.Clock.GetUtcNow();

    public async Task InitializeAsync()
    {
        tenant = await OpenIdProvider.Start();
        api = await MiniProgramApi.Start(tenant.Settings);
    }

    public async Task DisposeAsync()
    {
        await api.DisposeAsync();
        await tenant.DisposeAsync();
    }

    [Fact]
    public async Task Keys_are_fetched_once_for_many_tokens_and_again_when_they_are_old()
    {
        for (var i = 0; i < 5; i++) await Opens(tenant.Token(Now));
        api.Clock.Advance(TenantKeys.FreshFor - TimeSpan.FromSeconds(1));
        await Opens(tenant.Token(Now));
        Assert.Equal(1, tenant.Fetches);

        api.Clock.Advance(TimeSpan.FromSeconds(1));
        await Opens(tenant.Token(Now));
        Assert.Equal(2, tenant.Fetches);
    }

    [Fact]
    public async Task Fifty_first_calls_at_once_fetch_the_keys_once()
    {
        var token = tenant.Token(Now);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Status(token)));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(1, tenant.Fetches);
    }

    [Fact]
    public async Task A_new_key_is_learnt_by_one_fetch_and_the_old_one_opens_nothing_more()
    {
        var old = tenant.Token(Now);
        await Opens(old);
        tenant.Key = OpenIdProvider.NewKey("second");
        api.Clock.Advance(TenantKeys.Distance);

        await Opens(tenant.Token(Now));
        Assert.Equal(2, tenant.Fetches);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(old));
        await Opens(tenant.Token(Now));
        Assert.Equal(2, tenant.Fetches);
    }

    [Fact]
    public async Task Names_of_keys_that_somebody_made_up_cost_the_tenant_one_fetch_a_minute()
    {
        await Opens(tenant.Token(Now));
        api.Clock.Advance(TenantKeys.Distance);
        string[] forged =
            [.. Enumerable.Range(0, 50).Select(i => tenant.Token(Now, key: OpenIdProvider.NewKey($"made up {i}")))];

        var statuses = await Task.WhenAll(forged.Select(token => Status(token)));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal(2, tenant.Fetches);
        await Opens(tenant.Token(Now));
        foreach (var token in forged[..5]) Assert.Equal(HttpStatusCode.Unauthorized, await Status(token));
        Assert.Equal(2, tenant.Fetches);
    }

    [Theory]
    [InlineData(ProviderMood.Down), InlineData(ProviderMood.Silent)]
    [InlineData(ProviderMood.Babbling), InlineData(ProviderMood.AnotherIssuer)]
    public async Task Without_keys_the_answer_is_to_try_again_and_it_comes_soon(ProviderMood mood)
    {
        tenant.Mood = mood;
        var watch = Stopwatch.StartNew();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => api.Operator(tenant.Token(Now)).Get(LookPath)));

        Assert.True(watch.Elapsed < HangMax, $"{watch.Elapsed}");
        foreach (var answer in answers)
        {
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "operator.sign_in_unavailable"),
                (answer.StatusCode, await answer.Code()));
        }

        tenant.Mood = ProviderMood.Well;
        await Opens(tenant.Token(Now));
    }

    [Theory]
    [InlineData(ProviderMood.Down), InlineData(ProviderMood.Babbling), InlineData(ProviderMood.AnotherIssuer)]
    public async Task With_keys_a_tenant_that_fails_changes_nothing(ProviderMood mood)
    {
        await Opens(tenant.Token(Now));
        tenant.Mood = mood;

        for (var day = 0; day < 3; day++)
        {
            await Opens(tenant.Token(Now));
            Assert.Equal(HttpStatusCode.Unauthorized, await Status(tenant.Token(Now, key: OpenIdProvider.NewKey("x"))));
            api.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.InRange(tenant.Fetches, 3, 4);
    }

    private async Task Opens(string token) => Assert.Equal(HttpStatusCode.OK, await Status(token));

    private async Task<HttpStatusCode> Status(string token) => (await api.Operator(token).Get(LookPath)).StatusCode;
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.Coupons;
using Pond.Health;
using Pond.Platform.Azure;
using Pond.Platform.Outbox;
using Pond.Tests.Coupons;

namespace Pond.Tests.Azure;

/// <summary>The whole app while its storage account is wrong, away or damaged.</summary>
public sealed class AzureOutages
{
    /// <summary>A real service takes its time to come up, and the app some to look again.</summary>
    private static readonly TimeSpan RecoveryTimeLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task With_a_wrong_key_the_app_starts_is_live_and_never_ready_and_says_503()
    {
        var wrong = (await Azurite.Shared).NewAccount()
            .Replace(Azurite.Key, Convert.ToBase64String(new byte[64]), StringComparison.Ordinal);
        await using var api = await Start(wrong);

        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.GetAsync("/api/health/live")).StatusCode);
        Assert.False(await IsReady(api));
        await SaysUnavailable(api);
    }

    [Fact]
    public async Task An_app_that_starts_before_its_storage_is_ready_once_the_storage_is_there()
    {
        var first = await Azurite.Start();
        var connection = first.NewAccount();
        first.Stop();
        await using var api = await Start(connection);
        Assert.False(await IsReady(api));
        await SaysUnavailable(api);

        using var later = await first.Restart();

        await BecomesReady(api);
        await api.LogIn("alice");
    }

    [Fact]
    public async Task While_storage_is_away_nothing_is_answered_wrongly_and_after_it_nothing_answered_is_lost()
    {
        var folder = Directory.CreateTempSubdirectory("pond-azurite-");
        using var first = await Azurite.Start(folder.FullName);
        await using var api = await Start(first.NewAccount());
        var alice = await api.LogIn("alice");
        var checkIn = () => alice.Post("/api/me/check-ins", key: "one-check-in-of-alice");

        first.Stop();
        Assert.False(await IsReady(api));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await checkIn()).StatusCode);
        await SaysUnavailable(api);

        using var later = await first.Restart();
        await BecomesReady(api);
        Assert.Equal(alice.MemberId, (await api.LogIn("alice")).MemberId);
        Assert.Equal(HttpStatusCode.Created, (await checkIn()).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await checkIn()).StatusCode);
        Assert.Equal(5, (await (await alice.Get("/api/me/points")).Json()).Whole("spendablePoints"));
        later.Stop();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_table_that_was_deleted_turns_the_app_red_and_is_not_made_anew_behind_everybodys_back()
    {
        await using var api = await Start((await Azurite.Shared).NewAccount());
        await api.LogIn("alice");
        var storage = api.Services.GetRequiredService<AzureStorage>();

        await storage.Commits.DeleteAsync();

        Assert.False(await IsReady(api));
        await SaysUnavailable(api);
        await storage.Commits.CreateAsync(); // by a person, who restores what it held
        Assert.True(await IsReady(api));
        await api.LogIn("alice");
    }

    [Fact]
    public async Task A_queue_that_was_deleted_with_its_messages_is_made_anew_and_the_coupon_arrives()
    {
        await using var api = await Start((await Azurite.Shared).NewAccount());
        var templateId = await api.PublishTemplate();
        await api.Deliver();
        var alice = await api.LogIn("alice");
        (await alice.Post(CouponSteps.ClaimsOf(templateId))).EnsureSuccessStatusCode();

        var storage = api.Services.GetRequiredService<AzureStorage>();
        await storage.Queues.DeleteQueueAsync(CouponMessages.WalletQueue);
        await api.Deliver();
        Assert.Empty((await (await alice.Get("/api/me/coupons")).Json()).Items());

        api.Clock.Advance(DueHints.Ripening + TimeSpan.FromMinutes(1));
        await api.Fire(nameof(SweepOutbox));
        await api.Deliver();
        Assert.Single((await (await alice.Get("/api/me/coupons")).Json()).Items());
    }

    private static Task<MiniProgramApi> Start(string connection) =>
        MiniProgramApi.Start(new Dictionary<string, string> { ["PondStorage"] = connection });

    private static async Task<bool> IsReady(MiniProgramApi api)
    {
        api.Clock.Advance(Readiness.Lifetime);
        return (await api.Http.GetAsync("/api/health/ready")).StatusCode == HttpStatusCode.NoContent;
    }

    private static async Task BecomesReady(MiniProgramApi api)
    {
        using var limit = new CancellationTokenSource(RecoveryTimeLimit);
        while (!await IsReady(api)) limit.Token.ThrowIfCancellationRequested();
    }

    private static async Task SaysUnavailable(MiniProgramApi api)
    {
        var answer = await api.Http.GetAsync("/api/coupons");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}

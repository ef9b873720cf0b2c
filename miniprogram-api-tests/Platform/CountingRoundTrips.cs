using Microsoft.Extensions.DependencyInjection;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Tests.Coupons;
using Pond.Tests.Promotions;

namespace Pond.Tests.PlatformSpecs;

/// <summary>What an operation asks of the store, round after round: in Azure each round is a way there and back.</summary>
public sealed class CountingRoundTrips : IAsyncLifetime
{
    private Rounds rounds = null!;
    private MiniProgramApi api = null!;
    private Phone alice = null!;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start(change: services => services.AddSingleton<PartitionStore>(all =>
            rounds = new Rounds(new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()))));
        alice = await api.LogIn("alice");
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public Task A_profile_takes_two() => Takes(
        () => alice.Get("/api/me"),
        ["find m:* member"],
        ["find p:* key", "find p:* person"]);

    [Fact]
    public Task A_wallet_takes_two() => Takes(
        () => alice.Get("/api/me/coupons"),
        ["find m:* member"],
        ["range m:* coupon:#"]);

    [Fact]
    public async Task A_check_in_takes_four_and_the_first_of_a_month_leaves_a_hint_before_the_last()
    {
        string[][] reads =
        [
            ["find #:check-in-programme programme", "find m:* member"], ["find m:* member", "find m:* op:CheckIn:#"],
            ["find m:* cause:#", "find m:* check-ins", "find m:* points", "range m:* lots:"],
        ];

        await Takes(CheckIn, [.. reads, ["commit #:due:points-expiry"], ["commit m:*"]]);
        api.Clock.Advance(TimeSpan.FromDays(1));
        alice = await api.LogIn("alice");
        await Takes(CheckIn, [.. reads, ["commit m:*"]]);
    }

    [Fact]
    public async Task A_claim_takes_five_and_the_first_of_a_minute_on_its_shard_leaves_a_hint_before_the_last()
    {
        var templateId = await api.PublishTemplate(perMember: 2);
        await api.Deliver();
        string[][] reads =
        [
            ["find m:* member"], ["find c:* template"], ["find c:*:# op:ClaimCoupon:#", "find c:*:# shard"],
            ["range c:*:# claim:*:"],
        ];

        await Takes(() => Claim(templateId), [.. reads, ["commit #:due:outbox"], ["commit c:*:#"]]);
        await Takes(() => Claim(templateId), [.. reads, ["commit c:*:#"]]);
    }

    [Fact]
    public async Task A_claim_under_a_promotion_takes_one_more()
    {
        var (_, templateId) = await api.Coupons(perMember: 2);
        await api.Deliver();
        (await Claim(templateId)).EnsureSuccessStatusCode();

        await Takes(
            () => Claim(templateId),
            ["find m:* member"], ["find c:* template"], ["find promotions plan:*"],
            ["find c:*:# op:ClaimCoupon:#", "find c:*:# shard"], ["range c:*:# claim:*:"], ["commit c:*:#"]);
    }

    private Task<HttpResponseMessage> CheckIn() => alice.Post("/api/me/check-ins");

    private Task<HttpResponseMessage> Claim(string templateId) => alice.Post(CouponSteps.ClaimsOf(templateId));

    private async Task Takes(Func<Task<HttpResponseMessage>> operation, params string[][] expected) =>
        (await rounds.Of(operation, expected)).EnsureSuccessStatusCode();
}

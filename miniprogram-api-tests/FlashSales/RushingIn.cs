using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.FlashSales;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Tests.PlatformSpecs;

namespace Pond.Tests.FlashSales;

[Rule("FLS-01")]
public sealed class RushingIn : IAsyncLifetime
{
    private Rounds rounds = null!;
    private MiniProgramApi api = null!;
    private Phone alice = null!;
    private Phone bob = null!;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start(change: services => services.AddSingleton<PartitionStore>(all =>
            rounds = new Rounds(new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()))));
        (alice, bob) = (await api.LogIn("alice"), await api.LogIn("bob"));
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task Before_the_start_the_server_tells_how_long_it_is_and_nobody_gets_anything()
    {
        var saleId = await api.Drop(startsIn: TimeSpan.FromMinutes(1));

        var sale = await api.FlashSaleOf(saleId);
        Assert.Equal("soon", sale.Text("stage"));
        Assert.Equal(
            TimeSpan.FromMinutes(1), sale.GetProperty("startsAt").GetDateTimeOffset() - sale.GetProperty("serverTime").GetDateTimeOffset());
        Assert.Equal("activity.not_open", await (await alice.Claim(saleId)).Code());
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("open", (await api.FlashSaleOf(saleId)).Text("stage"));
        Assert.Equal(HttpStatusCode.Accepted, (await alice.Claim(saleId)).StatusCode);
        Assert.Equal(9, await api.PiecesLeft(saleId));
    }

    [Fact]
    public async Task Tickets_are_given_from_the_warm_up_to_the_end()
    {
        var saleId = await api.Drop(isHot: true, startsIn: TimeSpan.FromMinutes(11));
        var path = $"/api/flash-sales/{saleId}/tickets";

        Assert.Equal("flash_sale.too_early", await (await alice.Post(path)).Code());
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await alice.Post(path)).StatusCode);
        (await api.SetState(saleId, "ended")).EnsureSuccessStatusCode();
        api.ForgetDrops();
        Assert.Equal("activity.over", await (await alice.Post(path)).Code());
    }

    [Fact]
    public async Task In_a_rush_only_a_fresh_ticket_of_one_s_own_for_this_sale_counts()
    {
        var (saleId, other) = (await api.Drop(isHot: true), await api.Drop(isHot: true));
        var ticket = await alice.Ticket(saleId);
        string?[] bad =
        [
            null, "nonsense", "1.2.3", ticket + "x", $"9{ticket}", ticket.Replace('.', '-'), await bob.Ticket(saleId),
            await alice.Ticket(other),
        ];

        foreach (var each in bad)
            Assert.Equal("flash_sale.ticket_needed", await (await alice.Claim(saleId, each)).Code());
        api.Clock.Advance(DropTickets.Lifetime);
        Assert.Equal("flash_sale.ticket_needed", await (await alice.Claim(saleId, ticket)).Code());
        Assert.Equal(HttpStatusCode.Accepted, (await alice.ClaimInTheRush(saleId)).StatusCode);
    }

    [Fact]
    public async Task A_ticket_does_not_matter_to_the_idempotency_key()
    {
        var saleId = await api.Drop(isHot: true);
        var (key, first) = (Phone.NewKey(), await alice.Ticket(saleId));
        var claim = await (await alice.Claim(saleId, first, key: key)).Json();
        api.Clock.Advance(TimeSpan.FromSeconds(90));

        var again = await alice.Claim(saleId, await alice.Ticket(saleId), key: key);

        Assert.Equal(claim.Text("claimId"), (await again.Json()).Text("claimId"));
    }

    [Fact]
    public async Task A_member_gets_so_many_tickets_a_minute()
    {
        var saleId = await api.Drop(isHot: true);
        for (var i = 0; i < FlashSaleLimits.TicketsPerMinute; i++) await alice.Ticket(saleId);

        Assert.Equal("rate.limited", await (await alice.Post($"/api/flash-sales/{saleId}/tickets")).Code());
        Assert.NotEmpty(await bob.Ticket(saleId));
    }

    [Fact]
    public async Task A_pause_holds_within_a_second()
    {
        var saleId = await api.Drop();
        Assert.Equal(HttpStatusCode.Accepted, (await alice.Claim(saleId)).StatusCode);

        (await api.SetState(saleId, "paused")).EnsureSuccessStatusCode();
        api.ForgetDrops();
        Assert.Equal("activity.paused", await (await bob.Claim(saleId)).Code());

        (await api.SetState(saleId, "published")).EnsureSuccessStatusCode();
        api.ForgetDrops();
        Assert.Equal(HttpStatusCode.Accepted, (await bob.Claim(saleId)).StatusCode);
    }

    [Fact]
    public async Task Live_flash_sales_are_listed_and_drafts_and_ended_ones_are_not()
    {
        var (soon, open) = (await api.Drop(startsIn: TimeSpan.FromHours(1)), await api.Drop());
        var ended = await api.Drop();
        (await api.SetState(ended, "ended")).EnsureSuccessStatusCode();

        var listed = (await (await api.Http.GetAsync("/api/flash-sales")).Json()).Items();

        Assert.Equal(
            new[] { soon, open }.Order(), listed.Select(sale => sale.Text("flashSaleId")).Order());
        Assert.Equal("activity.missing", await (await api.Http.GetAsync("/api/flash-sales/nothing")).Code());
    }

    [Fact]
    public async Task In_a_rush_a_claim_takes_four_rounds_and_a_wrong_ticket_none()
    {
        var saleId = await api.Drop(pieces: 16, shards: 2);
        var (ticket, path) = (await alice.Ticket(saleId), $"/api/flash-sales/{saleId}/claims");
        await bob.ClaimInTheRush(saleId);

        await rounds.Of(() => alice.Post(path, new { ticket = ticket + "x" }), []);
        var claim = await rounds.Of(
            () => alice.Post(path, new { ticket }),
            [
                ["find m:* member"], ["find f:*:# drop", "find f:*:# op:ClaimSlot:#"], ["find f:*:# taker:#"],
                .. await HintRound(alice, saleId), ["commit f:*:#"],
            ]);

        Assert.Equal(HttpStatusCode.Accepted, claim.StatusCode);
    }

    [Fact]
    public async Task Without_a_rush_a_claim_looks_up_its_taker_too()
    {
        var saleId = await api.Drop();
        await bob.Claimed(saleId);

        var claim = await rounds.Of(
            () => alice.Post($"/api/flash-sales/{saleId}/claims", new { }),
            [
                ["find m:* member"], ["find m:* member"], ["find p:* key", "find p:* person"],
                ["find f:*:# drop", "find f:*:# op:ClaimSlot:#"], ["find f:*:# taker:#"], ["commit f:*:#"],
            ]);

        Assert.Equal(HttpStatusCode.Accepted, claim.StatusCode);
    }

    [Fact]
    public async Task Once_it_is_proved_that_nothing_is_left_a_loser_costs_two_looks()
    {
        var saleId = await api.Drop(pieces: 2, shards: 2);
        for (var i = 0; i < 3; i++) await (await api.LogIn($"early-{i}")).ClaimInTheRush(saleId);
        var ticket = await alice.Ticket(saleId);

        var answer = await rounds.Of(
            () => alice.Post($"/api/flash-sales/{saleId}/claims", new { ticket }),
            [["find m:* member"], ["find f:*:# op:ClaimSlot:#"]]);

        Assert.Equal("flash_sale.sold_out", await answer.Code());
    }

    // The first claim of a minute in a shard leaves a hint before its commit; Bob's may have been in the other one.
    private async Task<string[][]> HintRound(Phone phone, string saleId)
    {
        var takers = api.Services.GetRequiredService<Takers>();
        var homes = await Task.WhenAll(new[] { phone, bob }.Select(async one =>
            DropRows.HomeOf(await takers.Of(one.MemberId, saleId, CancellationToken.None), 2)));
        return homes[0] == homes[1] ? [] : [["commit #:due:outbox"]];
    }
}

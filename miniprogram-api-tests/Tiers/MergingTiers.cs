using System.Net;
using System.Text.Json;
using Pond.Members;
using Pond.Platform;
using Pond.Points;
using Pond.Tests.Members;
using Pond.Tests.Points;
using Pond.Tests.Processes;
using Pond.Tiers;
using static Pond.Tests.Tiers.TierSteps;

namespace Pond.Tests.Tiers;

/// <summary>What becomes of growth and tier when two accounts become one.</summary>
[Rule("AUTH-10")]
public sealed class MergingTiers : IAsyncLifetime
{
    private const string Number = "13800094001";

    private MiniProgramApi api = null!;
    private Phone older = null!;
    private Phone younger = null!;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        await api.SetProgramme();
        (older, younger) = await api.LogInTwice("older", "younger", Number);
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact, Rule("MBR-03")]
    public async Task A_gold_younger_makes_a_plain_older_gold_until_the_same_end_and_brings_nothing_again()
    {
        await api.Grow(younger, 5_000);
        await api.Deliver();
        (older, younger) = (await api.LogInAt("older", Midnight(100)), await api.LogIn("younger"));
        await api.Grow(older, 300);

        (await younger.Merge("younger")).EnsureSuccessStatusCode();
        await api.Deliver();

        var page = await older.Tier();
        Assert.Equal("gold", page.GetProperty("benefits").Text("code"));
        Assert.Equal(Midnight(365), page.GetProperty("validUntil").GetDateTimeOffset());
        Assert.Equal((5_300, 5_300), (page.Whole("growth"), page.Whole("totalGrowth")));
        Assert.Equal(
            [(Midnight(365), 5_000), (Midnight(465), 300)],
            page.GetProperty("expiries").EnumerateArray()
                .Select(expiry => (expiry.GetProperty("by").GetDateTimeOffset(), expiry.Whole("growth"))));
        Assert.Equal(
            [("merge", 5_000), ("adjustment", 300)],
            (await older.GrowthEntries()).Select(entry => (entry.Text("causeKind"), entry.Whole("growth"))));
        Assert.Equal(["member>gold merge"], await api.TierMoves(older.MemberId));
        Assert.Equal(["member>gold growth", "gold>member merge"], await api.TierMoves(younger.MemberId));
        await api.Grow(older, 1);
        await api.Deliver();
        Assert.Equal([500], await PointsOfTiers());
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact, Rule("MBR-01")]
    public async Task It_comes_once_however_often_the_messages_come()
    {
        await api.Grow(younger, 5_000);
        (await younger.Merge("younger")).EnsureSuccessStatusCode();

        var first = await api.DeliverThrice(seed: 5);
        var before = StoredRow.AllButHints(api);
        await api.DeliverAsIfNeverRemoved(first, seed: 6);

        Assert.Equal(5_000, (await older.Tier()).Whole("totalGrowth"));
        Assert.Equal([500], await PointsOfTiers());
        Assert.Equal(before, StoredRow.AllButHints(api));
    }

    [Fact, Rule("MBR-03")]
    public async Task What_both_have_grown_opens_a_tier_that_neither_had_and_brings_what_entering_it_does()
    {
        await api.Grow(older, 600);
        await api.Grow(younger, 600);

        (await younger.Merge("younger")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal(["member>silver growth"], await api.TierMoves(older.MemberId));
        Assert.Equal([100], await PointsOfTiers());
    }

    [Fact, Rule("MBR-03")]
    public async Task What_the_younger_was_given_is_not_given_again_when_the_survivor_grows()
    {
        await api.SetProgramme(Programme(windowDays: 0, returns: "atOnce", version: 1));
        await api.Grow(younger, 1_000);
        await api.Grow(younger, -900);
        (await younger.Merge("younger")).EnsureSuccessStatusCode();
        await api.Deliver();
        Assert.Empty(await api.TierMoves(older.MemberId));

        await api.Grow(older, 900);
        await api.Deliver();

        Assert.Equal(["member>silver growth"], await api.TierMoves(older.MemberId));
        Assert.Equal([100], await PointsOfTiers());
    }

    [Fact, Rule("MBR-05")]
    public async Task A_higher_tier_that_an_operator_gave_the_younger_holds_until_its_end()
    {
        await api.Grow(older, 1_000);
        await api.Assign(younger.MemberId, "gold", Midnight(30));
        (await younger.Merge("younger")).EnsureSuccessStatusCode();
        await api.Deliver();

        var page = await older.Tier();
        Assert.True(page.GetProperty("isGiven").GetBoolean());
        Assert.Equal(Midnight(30), page.GetProperty("validUntil").GetDateTimeOffset());
        api.Clock.MoveTo(Midnight(30).AddMinutes(1));
        await api.Fire(nameof(ReviewTiers));

        Assert.Equal(
            ["member>silver growth", "silver>gold merge", "gold>silver expiry"],
            await api.TierMoves(older.MemberId));
    }

    [Fact, Rule("MBR-04")]
    public async Task A_review_does_nothing_more_on_a_merged_account_and_what_was_due_before_is_settled()
    {
        await api.Grow(younger, 5_000);
        younger = await api.LogInAt("younger", Midnight(372).AddMinutes(1));
        (await younger.Merge("younger")).EnsureSuccessStatusCode();

        await api.Fire(nameof(ReviewTiers));
        Assert.Equal(["member>gold growth"], await api.TierMoves(younger.MemberId));
        await api.Deliver();
        api.Clock.MoveTo(Midnight(2_000));
        await api.Fire(nameof(ReviewTiers));

        Assert.Equal(
            ["member>gold growth", "gold>silver expiry", "silver>member merge"],
            await api.TierMoves(younger.MemberId));
        Assert.Equal(["member>silver merge", "silver>member expiry"], await api.TierMoves(older.MemberId));
    }

    [Fact, Rule("MBR-01")]
    public async Task An_operator_is_refused_on_the_merged_account()
    {
        (await younger.Merge("younger")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal("member.merged", await (await api.AdjustGrowth(younger.MemberId, 5)).Code());
        Assert.Equal("member.merged", await (await api.Assign(younger.MemberId, "gold", Midnight(9))).Code());
    }

    [Theory, Rule("D14"), InlineData(1), InlineData(2), InlineData(3)]
    public async Task Amid_fifty_adjustments_no_growth_is_lost_or_doubled(int seed)
    {
        Func<Task<HttpResponseMessage>> merge = () => younger.Merge("younger");
        Func<Task<HttpResponseMessage>>[] adjustments =
        [
            .. Enumerable.Range(1, 50).Select(growth => (Func<Task<HttpResponseMessage>>)(() =>
                api.Operator().PostUntilAnswered(
                    $"/api/operator/members/{(growth % 2 == 0 ? older : younger).MemberId}/growth-adjustments",
                    new { growth, reason = "a race" }))),
        ];
        Func<Task<HttpResponseMessage>>[] all = [merge, .. adjustments];
        new Random(seed).Shuffle(all);

        var running = all.ToDictionary(call => call, call => Task.Run(call));
        await Task.WhenAll([.. running.Values, api.Deliver()]);
        await younger.Merge("younger"); // should it have found no quiet moment
        await api.Deliver();

        var booked = 0;
        for (var i = 0; i < adjustments.Length; i++)
        {
            var answer = await running[adjustments[i]];
            Assert.True(
                answer.StatusCode == HttpStatusCode.Created || await answer.Code() == "member.merged",
                $"{answer.StatusCode}");
            if (answer.IsSuccessStatusCode) booked += i + 1;
        }

        Assert.Equal(booked, (await older.Tier()).Whole("totalGrowth"));
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact, Rule("AUTH-11")]
    public async Task The_member_takes_growth_and_tier_along_of_both_accounts_and_no_operator_s_id()
    {
        await api.Grow(older, 700);
        await api.Assign(younger.MemberId, "gold", Midnight(30));
        await api.Grow(younger, 40);
        var operatorId = (await api.TierChanges(younger.MemberId))[0].Text("actor");
        (await younger.Merge("younger")).EnsureSuccessStatusCode();
        await api.Deliver();

        var text = await (await older.Get("/api/me/export")).Content.ReadAsStringAsync();
        var accounts = JsonDocument.Parse(text).RootElement.GetProperty("accounts");

        Assert.Equal([[40, 700], [-40, 40]], Lists(accounts, "growthEntries", entry => entry.Whole("growth")));
        Assert.Equal(
            [["member>gold"], ["gold>member", "member>gold"]],
            Lists(accounts, "tierChanges", change => $"{change.Text("from")}>{change.Text("to")}"));
        Assert.Equal("gold", accounts[0].GetProperty("tier")[0].GetProperty("manual").Text("code"));
        Assert.DoesNotContain(operatorId, text);
    }

    private static T[][] Lists<T>(JsonElement accounts, string list, Func<JsonElement, T> of) =>
        [.. accounts.EnumerateArray().Select(account => account.GetProperty(list).EnumerateArray().Select(of).ToArray())];

    /// <summary>What entering tiers has given the two, lots that came over included once.</summary>
    private async Task<IReadOnlyList<long>> PointsOfTiers()
    {
        string[] accounts = [MemberRows.Partition(older.MemberId), MemberRows.Partition(younger.MemberId)];
        var entries = StoredRow.All(api)
            .Where(row => accounts.Contains(row.Partition))
            .Where(row => row.Key.StartsWith(PointsRows.EntryPrefix + ":", StringComparison.Ordinal))
            .Select(row => Stored.Read<Entry>(row.Data));
        long[] given = [.. entries.Where(entry => entry.Cause.Kind == "tier").Select(entry => entry.Points)];
        Assert.Equal(given.Sum(), await older.SpendablePoints());
        return given;
    }
}

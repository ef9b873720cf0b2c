using System.Net;
using System.Text.Json;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Points;
using Pond.Tests.Coupons;
using Pond.Tests.FaultInjection;
using Pond.Tests.Points;

namespace Pond.Tests.Members;

[Rule("AUTH-11")]
public sealed class TakingDataAlong(SharedApi shared) : IClassFixture<SharedApi>
{
    private const int Lines = 10_000;

    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task The_document_holds_everything_of_the_member_merged_accounts_included_and_nothing_of_others()
    {
        var other = await Fill(await api.LogIn("export-other"), "export-other", "别人OTHER", "13800093001");
        var (older, younger) = await api.LogInTwice("export-1", "export-2", "13800093002");
        await Fill(older, "export-1", "自己", "13800093002");
        await Fill(younger, "export-2", "小号", "13800093003");
        api.Sandbox.Shoppers.GivePhone("export-2", "13800093002");
        (await younger.Merge("export-2")).EnsureSuccessStatusCode();
        await api.Deliver();

        var answer = await older.Get("/api/me/export");
        var text = await answer.Content.ReadAsStringAsync();
        var all = JsonDocument.Parse(text).RootElement;

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var person = all.GetProperty("person");
        Assert.Equal(("自己", "+8613800093002"), (person.Text("nickname"), person.Text("phone")));
        Assert.Equal("+8613800093003", person.GetProperty("otherPhones")[0].GetString());
        var accounts = all.GetProperty("accounts").EnumerateArray().ToArray();
        Assert.Equal(
            [older.MemberId, younger.MemberId],
            accounts.Select(account => account.GetProperty("account").Text("memberId")));
        Assert.All(accounts, account =>
        {
            Assert.Equal("v1", Assert.Single(Items(account, "consents"), each => each.Whole("number") == 1).Text("policyVersion"));
            Assert.NotEmpty(Items(account, "pointsEntries"));
            Assert.NotEmpty(Items(account, "coupons"));
        });
        Assert.NotEmpty(Items(accounts[0], "checkIns")); // those of both
        Assert.NotEmpty(accounts[0].GetProperty("account").GetProperty("sessions").EnumerateArray());
        foreach (var canary in new[] { other.MemberId, "OTHER", "13800093001", "\"id\":\"export-other" })
            Assert.DoesNotContain(canary, text);
    }

    [Fact]
    public async Task A_frozen_member_may_have_it_and_nobody_more_than_a_few_times_a_day()
    {
        var phone = await shared.Newcomer();
        await api.SetStatus(phone.MemberId, "frozen");

        for (var i = 0; i < ExportLimits.PerDay; i++)
            Assert.Equal(HttpStatusCode.OK, (await phone.Get("/api/me/export")).StatusCode);
        var answer = await phone.Get("/api/me/export");

        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "rate.limited"), (answer.StatusCode, await answer.Code()));
        Assert.Equal(HttpStatusCode.OK, (await (await shared.Newcomer()).Get("/api/me/export")).StatusCode);
    }

    [Fact]
    public async Task Ten_thousand_lines_are_written_page_by_page()
    {
        await using var app = await FaultyApp.Start();
        var phone = await app.Api.LogIn("export-long");
        var partition = MemberRows.Partition(phone.MemberId);
        for (var first = 1; first <= Lines; first += StoreLimits.WritesPerBatchMax)
            await Put(app.Api, partition, Enumerable.Range(first, StoreLimits.WritesPerBatchMax));

        app.Faults.Count();
        var all = await (await phone.Get("/api/me/export")).Json();
        var calls = app.Faults.Disarm();

        var entries = Items(all.GetProperty("accounts")[0], "pointsEntries");
        Assert.Equal(Lines, entries.Length);
        Assert.Equal(Enumerable.Range(1, Lines).Reverse().Select(seq => (long)seq), entries.Select(entry => entry.Whole("seq")));
        var pages = calls.Count(call => call.Name.StartsWith($"range {partition} entry:", StringComparison.Ordinal));
        Assert.InRange(pages, Lines / Exports.RowsPerPage, (Lines / Exports.RowsPerPage) + 1);
        Assert.DoesNotContain(calls, call => call.Kind is PortCallKind.Commit);
    }

    private static async Task<Phone> Fill(Phone phone, string shopper, string nickname, string number)
    {
        await phone.Put("/api/me", new { nickname, birthday = "1990-01-02" });
        (await phone.BindPhone(shopper, number)).EnsureSuccessStatusCode();
        await phone.Put("/api/me/consents", new { policyVersion = "v1", marketing = true, personalization = true });
        (await phone.Post("/api/me/check-ins")).EnsureSuccessStatusCode();
        await phone.Post(CouponSteps.ClaimsOf(await phone.Api.PublishTemplate()));
        await phone.Api.Give(phone, 10);
        await phone.Api.Deliver();
        return phone;
    }

    private static async Task Put(MiniProgramApi api, string partition, IEnumerable<int> numbers)
    {
        Write[] writes =
        [
            .. numbers.Select(seq => new Write.Insert(
                $"{PointsRows.EntryPrefix}:{Keys.Inverted(seq, 12)}",
                Stored.Write(new Entry(seq, HandClock.Start, new Cause("test", $"{seq}"), 1, seq, [], "")))),
        ];
        Assert.IsType<CommitOutcome.Committed>(await api.Store.Commit(partition, writes, CancellationToken.None));
    }

    private static JsonElement[] Items(JsonElement account, string list) =>
        [.. account.GetProperty(list).EnumerateArray()];
}

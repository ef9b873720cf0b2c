using System.Net;
using System.Text.Json;
using Pond.Operators;
using Pond.Platform.Outbox;
using Pond.Tests.FaultInjection;

namespace Pond.Tests.Operators;

[Rule("ADM-08"), Rule("D21")]
public sealed class ListingStuckRows
{
    private const string StuckPath = "/api/operator/stuck";

    [Fact]
    public async Task A_message_that_was_sent_often_in_vain_is_listed_until_its_effect_has_come()
    {
        await using var app = await FaultyApp.Start();
        var alice = await app.Api.LogIn("alice");
        app.Api.Operator();
        await app.Settle();
        await FailToAudit(app, alice);
        var leftAt = app.Api.Clock.GetUtcNow();
        for (var sends = 0; sends < OutboxSweep.AttemptsBeforeAlarm; sends++) await SweepAnHourLater(app);
        Assert.Empty(await Listed(app.Api));

        await SweepAnHourLater(app);
        await SweepAnHourLater(app);

        var item = Assert.Single(await Listed(app.Api));
        Assert.StartsWith($"m:{alice.MemberId}/", item.Text("row"), StringComparison.Ordinal);
        Assert.Equal(
            (OperatorMessages.AuditQueue, OutboxSweep.AttemptsBeforeAlarm + 2),
            (item.Text("queue"), item.Whole("attempts")));
        Assert.Equal(leftAt, item.GetProperty("leftAt").GetDateTimeOffset());
        Assert.True(item.GetProperty("nextAt").GetDateTimeOffset() > app.Api.Clock.GetUtcNow());

        app.Faults.Disarm();
        await SweepAnHourLater(app);
        Assert.Empty(await Listed(app.Api));
        Assert.Contains(StoredRow.All(app.Api), IsRemembered);
        await app.Api.Fire(nameof(ForgetMendedRows));
        Assert.DoesNotContain(StoredRow.All(app.Api), IsRemembered);
    }

    [Fact]
    public async Task What_is_still_stuck_is_not_forgotten_and_the_list_pages_over_each_once()
    {
        await using var app = await FaultyApp.Start();
        Phone[] members = [await app.Api.LogIn("alice"), await app.Api.LogIn("bob"), await app.Api.LogIn("carol")];
        app.Api.Operator();
        await app.Settle();
        foreach (var member in members) await FailToAudit(app, member);
        for (var sends = 0; sends <= OutboxSweep.AttemptsBeforeAlarm; sends++) await SweepAnHourLater(app);

        await app.Api.Fire(nameof(ForgetMendedRows));

        var partitions = members.Select(member => $"m:{member.MemberId}").Order(StringComparer.Ordinal);
        for (var pageSize = 1; pageSize <= 4; pageSize++)
        {
            var listed = await app.Api.Operator().AllPages(StuckPath, pageSize);
            Assert.Equal(
                partitions, listed.Select(item => item.Text("row").Split('/')[0]).Order(StringComparer.Ordinal));
        }
    }

    private static bool IsRemembered(StoredRow row) => row.Partition == StuckRows.Partition;

    private static async Task FailToAudit(FaultyApp app, Phone member)
    {
        var gift = new { memberId = member.MemberId, points = 30, reason = "开业礼物" };
        var answer = await app.Api.Operator().Post("/api/operator/points-adjustments", gift);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        app.Faults.Arm(
            call => call.Name.Contains(":audit:", StringComparison.Ordinal), FaultWay.FailsBefore, times: int.MaxValue);
    }

    private static async Task SweepAnHourLater(FaultyApp app)
    {
        app.Api.Clock.Advance(TimeSpan.FromHours(1));
        await app.Api.Fire(nameof(SweepOutbox));
        await app.Deliver();
    }

    private static Task<JsonElement[]> Listed(MiniProgramApi api) => api.Operator().AllPages(StuckPath, 100);
}

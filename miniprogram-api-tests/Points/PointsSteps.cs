using System.Net;
using System.Text.Json;
using Pond.Kernel;
using Pond.Points;

namespace Pond.Tests.Points;

/// <summary>What tests of points do over and over.</summary>
internal static class PointsSteps
{
    public const string AdjustmentsPath = "/api/operator/points-adjustments";

    /// <summary>
    /// When points earned now end: at the end of that month in China, so many months on. Never for 0 months.
    /// </summary>
    public static DateTimeOffset? EndOf(DateTimeOffset now, int months) =>
        months == 0 ? null : new ExpiryPolicy.AfterMonths(months, ExpiryRounding.Month).EndOf(now);

    /// <summary>An operator gives points, or takes some.</summary>
    public static Task<HttpResponseMessage> Adjust(
        this MiniProgramApi api, string memberId, long points, string reason = "a test", string? key = null) =>
        api.Operator().Post(AdjustmentsPath, new { memberId, points, reason }, key);

    public static async Task Give(this MiniProgramApi api, Phone phone, long points) =>
        (await api.Adjust(phone.MemberId, points)).EnsureSuccessStatusCode();

    /// <summary>The answer to an adjustment that is over the limit, and so waits.</summary>
    public static async Task<JsonElement> AskFor(
        this MiniProgramApi api, Phone phone, long points, Phone? console = null, string? key = null)
    {
        var answer = await (console ?? api.Operator()).Post(
            AdjustmentsPath, new { memberId = phone.MemberId, points, reason = "年度答谢" }, key);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await answer.Json();
    }

    public static Task<HttpResponseMessage> Approve(this Phone console, string adjustmentId, string? key = null) =>
        console.PostUntilAnswered($"{AdjustmentsPath}/{adjustmentId}/approvals", new { reason = "已核对" }, key);

    public static Task<HttpResponseMessage> Reject(this Phone console, string adjustmentId, string? key = null) =>
        console.PostUntilAnswered($"{AdjustmentsPath}/{adjustmentId}/rejections", new { reason = "数额有误" }, key);

    /// <summary>The ids of the adjustments that wait, as an operator sees them.</summary>
    public static async Task<string[]> Waiting(this MiniProgramApi api, int pageSize = 100) =>
    [
        .. (await api.Operator().AllPages(AdjustmentsPath, pageSize)).Select(item => item.Text("adjustmentId")),
    ];

    public static async Task<long> SpendablePoints(this Phone phone) =>
        (await (await phone.Get("/api/me/points")).Json()).Whole("spendablePoints");

    /// <summary>How many points end when; an end is null for points that last for ever.</summary>
    public static async Task<(string? ExpiresAt, long Points)[]> Expiries(this Phone phone) =>
    [
        .. (await (await phone.Get("/api/me/points")).Json()).GetProperty("expiries").EnumerateArray()
            .Select(expiry => (expiry.GetProperty("expiresAt").GetString(), expiry.Whole("points"))),
    ];

    public static Task<JsonElement[]> Entries(this Phone phone, int pageSize = 100) =>
        phone.AllPages("/api/me/points/entries", pageSize);

    /// <summary>The same member with a token for the hour that the clock has come to.</summary>
    public static async Task<Phone> LogInAt(this MiniProgramApi api, string shopper, DateTimeOffset instant)
    {
        api.Clock.MoveTo(instant);
        return await api.LogIn(shopper);
    }

    /// <summary>An instant of China.</summary>
    public static DateTimeOffset China(int year, int month, int day, int hour = 0, int minute = 0, int second = 0) =>
        new(year, month, day, hour, minute, second, ChinaDay.Offset);
}

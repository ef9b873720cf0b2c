using System.Text.Json;
using Pond.Kernel;

namespace Pond.Tests.Points;

/// <summary>What tests of points do over and over.</summary>
internal static class PointsSteps
{
    /// <summary>An operator gives points, or takes some.</summary>
    public static Task<HttpResponseMessage> Adjust(
        this MiniProgramApi api, string memberId, long points, string reason = "a test", string? key = null) =>
        api.Operator().Post("/api/operator/points-adjustments", new { memberId, points, reason }, key);

    public static async Task Give(this MiniProgramApi api, Phone phone, long points) =>
        (await api.Adjust(phone.MemberId, points)).EnsureSuccessStatusCode();

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

using System.Text.Json;

namespace Pond.Tests.Points;

/// <summary>What tests of check-ins do over and over.</summary>
internal static class CheckInSteps
{
    public const string CheckInsPath = "/api/me/check-ins";
    public const string MakeUpsPath = "/api/me/check-ins/make-ups";
    public const string ProgrammePath = "/api/operator/check-in-programme";

    /// <summary>A programme that brings 1 point a day, 20 on the second day of a streak and 30 on the third.</summary>
    public static Dictionary<string, object?> SomeProgramme(int version = 0, string cycle = "never") => new()
    {
        ["version"] = version,
        ["dailyPoints"] = 1,
        ["cycle"] = cycle,
        ["streakRewards"] = new object[] { new { days = 2, points = 20 }, new { days = 3, points = 30 } },
        ["countRewards"] = Array.Empty<object>(),
        ["makeUpCards"] = 0,
        ["makeUpDays"] = 0,
        ["reason"] = "春茶节",
    };

    /// <summary>The same with cards.</summary>
    public static Dictionary<string, object?> WithCards(int cards, int days = 7)
    {
        var programme = SomeProgramme();
        (programme["makeUpCards"], programme["makeUpDays"]) = (cards, days);
        return programme;
    }

    public static async Task SetCheckInProgramme(this MiniProgramApi api, object programme) =>
        (await api.Operator().Put(ProgrammePath, programme)).EnsureSuccessStatusCode();

    /// <summary>Checks in at nine o'clock of that day.</summary>
    public static async Task<JsonElement> CheckInOn(this MiniProgramApi api, string shopper, DateOnly day)
    {
        var phone = await api.OnDay(shopper, day);
        return await (await phone.Post(CheckInsPath)).EnsureSuccessStatusCode().Json();
    }

    /// <summary>The shopper's phone at nine o'clock of that day.</summary>
    public static Task<Phone> OnDay(this MiniProgramApi api, string shopper, DateOnly day) =>
        api.LogInAt(shopper, PointsSteps.China(day.Year, day.Month, day.Day, 9));

    public static Task<HttpResponseMessage> MakeUp(this Phone phone, string day) =>
        phone.PostUntilAnswered(MakeUpsPath, new { day });

    public static async Task<string[]> Days(this Phone phone, string name = "days") =>
    [
        .. (await (await phone.Get(CheckInsPath)).Json()).GetProperty(name).EnumerateArray()
            .Select(day => day.GetString()!),
    ];
}

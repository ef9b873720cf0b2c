using System.Text.Json;

namespace Pond.Tests.FaultInjection;

/// <summary>What people see when all is over. Much time may have passed, so each of them logs in first.</summary>
internal static class Looking
{
    private const int AuditDays = 3;

    public static async Task<List<JsonElement>> WalletOf(this MiniProgramApi api, string shopper) =>
        await All(await api.LogIn(shopper), "/api/me/coupons");

    /// <summary>The newest entry first.</summary>
    public static async Task<List<JsonElement>> LedgerOf(this MiniProgramApi api, string shopper) =>
        await All(await api.LogIn(shopper), "/api/me/points/entries");

    /// <summary>What operators did to this member on the first days of a test's clock, the newest first.</summary>
    public static async Task<List<JsonElement>> AuditOf(this MiniProgramApi api, string memberId)
    {
        var acts = new List<JsonElement>();
        for (var day = AuditDays - 1; day >= 0; day--)
            acts.AddRange(await All(api.Operator(), $"/api/operator/audit/{HandClock.Start.AddDays(day):yyyy-MM-dd}"));
        return [.. acts.Where(act => act.Text("targetId") == memberId)];
    }

    /// <summary>Every item of a list, page by page.</summary>
    private static async Task<List<JsonElement>> All(Phone phone, string path)
    {
        var items = new List<JsonElement>();
        for (var query = "?limit=100"; ;)
        {
            var page = await (await phone.Get(path + query)).Json();
            items.AddRange(page.Items());
            if (page.GetProperty("next").GetString() is not { } next) return items;
            query = $"?limit=100&cursor={next}";
        }
    }
}

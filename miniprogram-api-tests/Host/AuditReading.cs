using System.Text.Json;
using Pond.Kernel;

namespace Pond.Tests;

/// <summary>Reads the audit as an operator does.</summary>
internal static class AuditReading
{
    /// <summary>What was done today to one thing, the oldest first.</summary>
    public static async Task<JsonElement[]> AuditOf(this MiniProgramApi api, string targetId) =>
        [.. (await api.Audit()).Reverse().Where(line => line.Text("targetId") == targetId)];

    /// <summary>What was done today, the newest first.</summary>
    public static Task<JsonElement[]> Audit(this MiniProgramApi api, int pageSize = 100) =>
        api.Operator().AllPages($"/api/operator/audit/{ChinaDay.Of(api.Clock.GetUtcNow()).Date:yyyy-MM-dd}", pageSize);

    /// <summary>The items of all pages of a list.</summary>
    public static async Task<JsonElement[]> AllPages(this Phone phone, string path, int pageSize)
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var query = cursor is null ? $"?limit={pageSize}" : $"?limit={pageSize}&cursor={cursor}";
            var page = await (await phone.Get(path + query)).Json();
            Assert.InRange(page.Items().Length, 0, pageSize);
            items.AddRange(page.Items());
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        return [.. items];
    }
}

using System.Net;

namespace Pond.Tests.ExportJobs;

/// <summary>What tests of exports do over and over.</summary>
internal static class ExportSteps
{
    public const string ExportsPath = "/api/operator/exports";

    /// <summary>Orders a table; its id.</summary>
    public static async Task<string> OrderTable(this MiniProgramApi api, string kind)
    {
        var answer = await api.Operator().Post(ExportsPath, new { kind });
        Assert.True(answer.StatusCode is HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await answer.Json()).Text("exportId");
    }

    public static Task<HttpResponseMessage> TableFile(this MiniProgramApi api, string exportId) =>
        api.Operator().Get($"{ExportsPath}/{exportId}/file");

    /// <summary>A table that is done, line by line, without its heading.</summary>
    public static async Task<string[]> TableOf(this MiniProgramApi api, string kind)
    {
        var exportId = await api.OrderTable(kind);
        await api.Deliver();
        var answer = await api.TableFile(exportId);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.TableLines();
    }
}

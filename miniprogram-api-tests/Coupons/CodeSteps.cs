using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pond.Coupons;

namespace Pond.Tests.Coupons;

/// <summary>What tests of codes do over and over.</summary>
internal static class CodeSteps
{
    public static string BatchesOf(string templateId) => $"/api/operator/coupon-templates/{templateId}/code-batches";

    public static string RedemptionsOf(string code) => $"/api/coupon-codes/{Uri.EscapeDataString(code)}/redemptions";

    /// <summary>Orders codes and waits until they are made; the id of the batch.</summary>
    public static async Task<string> MakeCodes(this MiniProgramApi api, string templateId, int count)
    {
        var answer = await api.Operator().Post(BatchesOf(templateId), new { count, note = "海报" });
        answer.EnsureSuccessStatusCode();
        await api.Deliver();
        return (await answer.Json()).Text("batchId");
    }

    public static Task<HttpResponseMessage> ExportCodes(
        this MiniProgramApi api, string templateId, string batchId, string? key = null) =>
        api.Operator().Post($"{BatchesOf(templateId)}/{batchId}/export", key: key);

    /// <summary>The codes of a batch, as marketing gets them.</summary>
    public static async Task<string[]> CodesOf(this MiniProgramApi api, string templateId, int count)
    {
        var batchId = await api.MakeCodes(templateId, count);
        return await (await api.ExportCodes(templateId, batchId)).Codes();
    }

    /// <summary>The first column without its head.</summary>
    public static async Task<string[]> Codes(this HttpResponseMessage export) =>
        [.. (await export.TableLines()).Select(line => line.Split(',')[0].Trim('"'))];

    public static async Task<JsonElement> Batch(this MiniProgramApi api, string templateId, string batchId) =>
        await (await api.Operator().Get($"{BatchesOf(templateId)}/{batchId}")).Json();

    public static CodeMint Mint(this MiniProgramApi api) => api.Services.GetRequiredService<CodeMint>();
}

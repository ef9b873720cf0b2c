namespace Pond.Tests.Coupons;

/// <summary>What tests of coupons do over and over.</summary>
internal static class CouponSteps
{
    /// <summary>A template that anybody may claim from now on; its id.</summary>
    public static Task<string> PublishTemplate(
        this MiniProgramApi api, int stock = 10, int perMember = 1, int shards = 1) =>
        api.PublishTemplate(Some.Template(stock, perMember, shards));

    public static async Task<string> PublishTemplate(this MiniProgramApi api, Dictionary<string, object?> template)
    {
        var templateId = await api.DraftTemplate(template);
        (await api.ChangeTemplate(templateId, "published")).EnsureSuccessStatusCode();
        return templateId;
    }

    public static async Task<string> DraftTemplate(this MiniProgramApi api, Dictionary<string, object?> template)
    {
        var answer = await api.Operator().Post("/api/operator/coupon-templates", template);
        return (await answer.Json()).GetProperty("offer").Text("templateId");
    }

    public static Task<HttpResponseMessage> ChangeTemplate(this MiniProgramApi api, string templateId, string state) =>
        api.Operator().Put($"/api/operator/coupon-templates/{templateId}/state", new { state });

    public static string ClaimsOf(string templateId) => $"/api/coupons/{templateId}/claims";

    /// <summary>How many coupons members have, and how many are left, as the operator sees it.</summary>
    public static async Task<(long Claimed, long Free)> StockOf(this MiniProgramApi api, string templateId)
    {
        var template = await (await api.Operator().Get($"/api/operator/coupon-templates/{templateId}")).Json();
        return (template.Whole("claimedCount"), template.Whole("freeCount"));
    }
}

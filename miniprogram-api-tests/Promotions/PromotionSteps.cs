using System.Net;
using System.Text.Json;
using Pond.Platform;
using Pond.Promotions;
using Pond.Tests.Coupons;
using Pond.Tests.Operators;
using Pond.Tests.Pricing;

namespace Pond.Tests.Promotions;

/// <summary>What tests of promotions do over and over.</summary>
internal static class PromotionSteps
{
    public const string PlansPath = "/api/operator/promotions";

    /// <summary>For everybody, from now on for a week.</summary>
    public static Dictionary<string, object?> Plan(this MiniProgramApi api) => new()
    {
        ["name"] = "春茶节",
        ["startsAt"] = api.Clock.GetUtcNow(),
        ["endsAt"] = api.Clock.GetUtcNow().AddDays(7),
        ["reason"] = "春茶节筹备",
    };

    /// <summary>A draft without parts; its id.</summary>
    public static async Task<string> DraftPlan(this MiniProgramApi api, Dictionary<string, object?> plan)
    {
        var answer = await api.Operator().Post(PlansPath, plan);
        Assert.True(answer.StatusCode is HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Json()).Text("promotionId");
    }

    public static async Task<JsonElement> PlanOf(this MiniProgramApi api, string id) =>
        (await (await api.Operator().Get($"{PlansPath}/{id}")).Json()).GetProperty("promotion");

    public static async Task<int> VersionOf(this MiniProgramApi api, string id) =>
        (int)(await api.PlanOf(id)).Whole("version");

    public static async Task<(long Coupons, bool IsLow)> GivenUnder(this MiniProgramApi api, string id)
    {
        var answer = await (await api.Operator().Get($"{PlansPath}/{id}")).Json();
        return (answer.Whole("couponsGiven"), answer.GetProperty("isBudgetLow").GetBoolean());
    }

    public static Task<HttpResponseMessage> Stage(
        this Phone console, string id, string stage, int? version = null, string reason = "按计划执行") =>
        console.Put($"{PlansPath}/{id}/stage", new { stage, version, reason });

    /// <summary>By whoever, which nobody may refuse.</summary>
    public static async Task SetStage(this MiniProgramApi api, string id, string stage) =>
        await Ok(await api.Operator().Stage(id, stage));

    /// <summary>As it is, with some parts.</summary>
    public static Task<HttpResponseMessage> Edit(
        this MiniProgramApi api, string id, Dictionary<string, object?> plan, int version) =>
        api.Operator().Put($"{PlansPath}/{id}", new Dictionary<string, object?>(plan) { ["version"] = version });

    /// <summary>With parts that are published: submitted by one, approved by another.</summary>
    public static async Task Approve(
        this MiniProgramApi api, string id, Dictionary<string, object?> plan, params (string Kind, string Id)[] parts)
    {
        await Ok(await api.Edit(id, plan.With("parts", PartsOf(parts)), await api.VersionOf(id)));
        await Ok(await api.Operator().Stage(id, "submitted", await api.VersionOf(id)));
        var other = await api.OperatorWith("marketing");
        await Ok(await other.Stage(id, "approved", await api.VersionOf(id)));
    }

    /// <summary>A promotion of one template; both ids.</summary>
    public static async Task<(string Id, string TemplateId)> Coupons(
        this MiniProgramApi api, Dictionary<string, object?>? plan = null, int stock = 10, int perMember = 1)
    {
        plan ??= api.Plan();
        var id = await api.DraftPlan(plan);
        var templateId = await api.PublishTemplate(api.TemplateIn(id, stock, perMember));
        await api.Approve(id, plan, ("couponTemplate", templateId));
        return (id, templateId);
    }

    /// <summary>A template whose own window is wide open.</summary>
    public static Dictionary<string, object?> TemplateIn(
        this MiniProgramApi api, string? promotionId, int stock = 10, int perMember = 1) =>
        Some.Template(stock, perMember)
            .With("claimFrom", api.Clock.GetUtcNow().AddDays(-1))
            .With("claimUntil", api.Clock.GetUtcNow().AddDays(300))
            .With("promotionId", promotionId);

    public static object[] PartsOf(params (string Kind, string Id)[] parts) =>
        [.. parts.Select(part => new { kind = part.Kind, id = part.Id })];

    /// <summary>A claim's refusal; null when it was none.</summary>
    public static async Task<string?> TryClaim(this Phone phone, string templateId, string? key = null) =>
        await (await phone.Post(CouponSteps.ClaimsOf(templateId), key: key)).Code();

    public static async Task Ok(HttpResponseMessage answer) =>
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
}

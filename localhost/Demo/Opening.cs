namespace Pond.LocalHost.Demo;

/// <summary>
/// The shop opens: an operator for this run, and the templates, each once however often the demo runs.
/// </summary>
internal sealed class Opening(Walk walk, Display display, Run run)
{
    public const string OperatorName = "演示店员";

    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    private readonly Dictionary<Plan, string> templateIds = [];

    /// <summary>Known from the first step on.</summary>
    public OperatorAnswer Operator { get; private set; } = null!;

    /// <summary>The template of each plan. Known once the stage is over.</summary>
    public IReadOnlyDictionary<Plan, string> TemplateIds => templateIds;

    public Stage Stage => new(
        "开店 · Opening",
        [AddOperator, .. TeaShop.Plans.Select(plan => (Func<Task>)(() => Offer(plan)))]);

    private async Task AddOperator()
    {
        Operator = await walk.Ask<OperatorAnswer>(Api.AddOperator(run.BootstrapKey, OperatorName, run.Key("operator")));
        display.Done(OperatorName, "已添加，角色 marketing、service");
    }

    private async Task Offer(Plan plan)
    {
        var all = await walk.AskAll<TemplateAnswer>(Api.ListTemplates(Operator.Key));
        var earlier = all.LastOrDefault(template =>
            template.Offer.Name == plan.Name
            && template.Offer.ClaimUntil > run.StartedAt
            && template.State is "draft" or "published");
        var template = earlier ?? await walk.Ask<TemplateAnswer>(
            Api.CreateTemplate(Operator.Key, plan, TodayInChina(), run.Key($"template-{templateIds.Count}")));
        if (plan.IsPublished) await walk.Ask(Api.Publish(Operator.Key, template.Offer.TemplateId));

        templateIds[plan] = template.Offer.TemplateId;
        var (origin, state) = (earlier is null ? "新建" : "沿用", plan.IsPublished ? "已发布" : "草稿");
        display.Done(plan.Name, $"{origin}，{state}，库存 {template.Stock}");
    }

    private DateTimeOffset TodayInChina() => new(run.StartedAt.ToOffset(ChinaOffset).Date, ChinaOffset);
}

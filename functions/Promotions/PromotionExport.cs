using Pond.ExportJobs;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Promotions;

/// <summary>ADM-06: every promotion, and how many coupons it has given.</summary>
public sealed class PromotionExport(PartitionStore store, TimeProvider clock) : IExportSource
{
    public ExportKind Kind => ExportKind.Promotions;

    public IReadOnlyList<string> Heading { get; } =
        ["活动编号", "名称", "状态", "开始时间", "结束时间", "参与范围", "发放上限", "已发放", "提交人", "审批人"];

    public Task<ExportPage> Read(string? from, CancellationToken cancel) => ExportPages.Read<Promotion>(
        store, PromotionBook.Partition, PromotionBook.Prefix, from, async one => [await Row(one, cancel)], cancel);

    private async Task<IReadOnlyList<string>> Row(Promotion promotion, CancellationToken cancel)
    {
        var plan = promotion.Plan;
        var total = await BudgetRows.FindTotal(store, promotion.Id, cancel);
        return
        [
            promotion.Id, plan.Name,
            ResponseJson.NameOf(PromotionPlanRules.PhaseOf(promotion, clock.GetUtcNow())),
            ExportPages.Time(plan.Schedule.StartsAt), ExportPages.Time(plan.Schedule.EndsAt),
            ResponseJson.NameOf(plan.Audience.Kind), ExportPages.Number(plan.CouponsMax),
            ExportPages.Number(total.Coupons),
            promotion.SubmittedBy ?? "", promotion.ApprovedBy ?? "",
        ];
    }
}

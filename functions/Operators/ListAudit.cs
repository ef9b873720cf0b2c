using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Operators;

/// <summary>ADM-03: what was done on a day, the newest first.</summary>
public sealed class ListAudit(PartitionStore store, OperatorNames names, OperatorCallers callers)
{
    private static readonly Refusal NotADay = new("audit.day", RefusalKind.Invalid, "日期须为 YYYY-MM-DD。");

    /// <param name="OperatorName">What they are called at present; null when they never had a name.</param>
    public sealed record Item(
        long Number,
        DateTimeOffset At,
        string OperatorId,
        string? OperatorName,
        string Action,
        string TargetId,
        string Reason,
        string? Before,
        string After);

    [Function(nameof(ListAudit))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("某一天的操作记录"), Tags("运营：操作员")]
    [ProducesResponseType<Listing<Item>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/audit/{day}")] HttpRequest request,
        string day,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return Answers.Problem(NotADay);

        var (from, until) = Keys.Under(AuditDay.EntryPrefix);
        var paging = Paging.Of(request, from, until);
        var page = await paging.Read(
            store, AuditDay.Partition(new ChinaDay(date)), row => Stored.Read<AuditEntry>(row.Data), cancel);
        var nameOf = await names.Of(page.Items.Select(entry => entry.Act.OperatorId), cancel);
        Item[] items =
        [
            .. page.Items.Select(entry => ItemOf(entry, nameOf.GetValueOrDefault(entry.Act.OperatorId))),
        ];
        return Results.Ok(new Listing<Item>(items, page.Next));
    }

    private static Item ItemOf(AuditEntry entry, string? name)
    {
        var act = entry.Act;
        return new Item(
            entry.Number, act.At, act.OperatorId, name, act.Action, act.TargetId, act.Reason, act.Before, act.After);
    }
}

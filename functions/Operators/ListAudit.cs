using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Operators;

/// <summary>ADM-03: what was done on a day, the newest first.</summary>
public sealed class ListAudit(PartitionStore store, OperatorCallers callers)
{
    private static readonly Refusal NotADay = new("audit.day", RefusalKind.Invalid, "日期须为 YYYY-MM-DD。");

    public sealed record Item(
        long Number,
        DateTimeOffset At,
        string OperatorId,
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
        return Results.Ok(await paging.Read(store, AuditDay.Partition(new ChinaDay(date)), ItemOf, cancel));
    }

    private static Item ItemOf(Row row)
    {
        var (number, act, _) = Stored.Read<AuditEntry>(row.Data);
        return new Item(number, act.At, act.OperatorId, act.Action, act.TargetId, act.Reason, act.Before, act.After);
    }
}

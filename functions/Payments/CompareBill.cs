using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Payments;

/// <summary>PAY-08: finance has the bill of a day compared again.</summary>
public sealed class CompareBill(
    BillComparison bills, Transactor transactor, OperatorCallers callers, TimeProvider clock)
{
    private static readonly Refusal NotADay = new("payment_bill.day", RefusalKind.Invalid, "日期须为已过去的 YYYY-MM-DD。");

    private static readonly Refusal NoBill =
        new("payment_bill.missing", RefusalKind.Unavailable, "微信支付还没有这一天的账单，请稍后再试。");

    public sealed record Request
    {
        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    /// <param name="Lines">Of WeChat's bill.</param>
    /// <param name="Differences">Each is a ticket.</param>
    public sealed record Response(string Day, int Lines, int Differences, DateTimeOffset ComparedAt);

    [Function(nameof(CompareBill))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("重新核对某一天的微信账单"), Tags("运营：支付")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/payment-bills/{day}/comparisons")]
        HttpRequest request,
        string day,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Finance);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(CompareBill), caller.Id, body);
        if (DayOf(day) is not { } date) return Answers.Problem(NotADay);
        if (await bills.Compare(date, cancel) is not { } run) return Answers.Problem(NoBill);

        var decision = await transactor.Run(
            BillRunRows.Day(date), operation, (_, _) => new BillCompared(run, caller.Id, body.Reason), cancel);
        return decision.ToHttp(facts =>
        {
            var kept = facts.Single().Run;
            return Results.Ok(new Response($"{kept.Day.Date:yyyy-MM-dd}", kept.Lines, kept.Differences, kept.At));
        });
    }

    private ChinaDay? DayOf(string day) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date < ChinaDay.Of(clock.GetUtcNow()).Date && date.Year >= 2000
            ? new ChinaDay(date)
            : null;
}

using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>TCH-03: what has become of the touches that were planned for a day. It is some seconds old.</summary>
public sealed class GetTouchReport(PartitionStore store, OperatorCallers callers)
{
    public sealed record Response(DateOnly Day, IReadOnlyList<Item> Occasions);

    /// <summary>One occasion: planned is waiting and all the others together.</summary>
    /// <param name="Waiting">Those that have not come to their end yet.</param>
    /// <param name="Unknown">Nobody knows whether WeChat has taken them.</param>
    /// <param name="Suppressed">Those that were not sent, by reason.</param>
    public sealed record Item(
        Occasion Occasion,
        int Planned,
        int Waiting,
        int Sent,
        int Failed,
        int Unknown,
        IReadOnlyList<Suppression> Suppressed);

    /// <param name="Reason">Such as <c>capped</c>, <c>no_credit</c> or <c>opted_out</c>.</param>
    public sealed record Suppression(string Reason, int Count);

    [Function(nameof(GetTouchReport))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("触达日报：发送与抑制"), Tags("运营：触达")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/touches/{day}")] HttpRequest request,
        string day,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return Answers.Problem(TouchRefusals.NoSuchDay);

        var tally = await TouchTallyRows.Find(store, new ChinaDay(date), cancel);
        return Results.Ok(new Response(
            date, [.. Enum.GetValues<Occasion>().Select(occasion => ItemOf(tally, occasion)).OfType<Item>()]));
    }

    private static Item? ItemOf(TouchTally tally, Occasion occasion)
    {
        Suppression[] suppressed =
            [.. tally.Dropped(occasion).Select(dropped => new Suppression(dropped.Reason, dropped.Count))];
        var planned = tally.Of(occasion, TouchCounts.Planned);
        var (sent, failed) = (tally.Of(occasion, TouchCounts.Sent), tally.Of(occasion, TouchCounts.Failed));
        var unknown = tally.Of(occasion, TouchCounts.Unknown);
        var ended = sent + failed + unknown + suppressed.Sum(one => one.Count);
        if (planned == 0 && ended == 0) return null;
        return new Item(occasion, planned, Math.Max(0, planned - ended), sent, failed, unknown, suppressed);
    }
}

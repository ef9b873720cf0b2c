using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Promotions;

/// <summary>
/// Promotions in the order in which they were drafted, with <c>?phase=live</c> those that are there now. Then a page
/// may hold fewer items than asked for.
/// </summary>
public sealed class ListPromotions(PartitionStore store, OperatorCallers callers, TimeProvider clock)
{
    private static readonly Dictionary<string, PromotionPhase> Phases =
        Enum.GetValues<PromotionPhase>().ToDictionary(ResponseJson.NameOf, StringComparer.Ordinal);

    [Function(nameof(ListPromotions))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("营销活动列表"), Tags("运营：营销活动")]
    [ProducesResponseType<Listing<PromotionDetails>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/promotions")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var phase = PhaseIn(request);
        var now = clock.GetUtcNow();
        var (from, until) = Keys.Under(PromotionBook.Prefix);
        var page = await Paging.Of(request, from, until).Read(
            store, PromotionBook.Partition, row => PromotionDetails.Of(Stored.Read<Promotion>(row.Data), now), cancel);
        return Results.Ok(page with { Items = [.. page.Items.Where(one => phase is null || one.Phase == phase)] });
    }

    private static PromotionPhase? PhaseIn(HttpRequest request)
    {
        var values = request.Query["phase"];
        if (values.Count == 0) return null;
        return values.Count == 1 && Phases.TryGetValue(values[0] ?? "", out var phase)
            ? phase
            : throw new ProblemException(PromotionPlanRefusals.NoSuchPhase);
    }
}

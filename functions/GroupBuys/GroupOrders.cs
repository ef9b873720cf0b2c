using Pond.Activities;
using Pond.Kernel;
using Pond.Members;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;
using Pond.Products;

namespace Pond.GroupBuys;

/// <summary>Places the orders of those who start or join a group.</summary>
public sealed class GroupOrders(DealOrders orders, PartitionStore store)
{
    /// <summary>What the same call has come to before; null when it is new.</summary>
    public async Task<IResult?> Again(
        MemberCaller caller, GroupOrderRequest body, Operation operation, CancellationToken cancel) =>
        await orders.FindPlaced(caller.Id, operation, body.Note, cancel) is { } known ? Answer(known) : null;

    /// <summary>Places it; its seat is kept in the course of that.</summary>
    public async Task<IResult> Place(
        MemberCaller caller,
        Activity activity,
        string groupId,
        GroupOrderRequest body,
        Func<GroupPrice, long> priceFen,
        Operation operation,
        CancellationToken cancel)
    {
        var terms = activity.TermsAs<GroupBuyTerms>();
        if (terms.PriceOf(body.SkuId) is not { } price || activity.AllotmentOf(body.SkuId) is not { } stock)
            return Answers.Problem(GroupRefusals.NoSuchGoods);
        if (body.Quantity > terms.PiecesPerOrderMax) return Answers.Problem(GroupRefusals.TooManyPieces);
        if (await GroupUses.AreUp(store, activity.Id, caller.Id, terms.OrdersPerMemberMax, cancel))
            return Answers.Problem(GroupRefusals.MemberLimit);

        var wish = new DealWish(
            ActivityKind.GroupBuy, activity.Id, groupId, Waits: true, activity.Plan.Name, stock, body.Quantity,
            priceFen(price), body.AddressId, body.Note, PayBy: null);
        return Answer(await orders.Place(caller.Id, wish, operation, cancel));
    }

    private static IResult Answer(DealPlacement placed) => placed.WhyNot is { } why
        ? Answers.Problem(why)
        : Results.Json(placed.Order, statusCode: StatusCodes.Status201Created);
}

/// <summary>What somebody orders who starts or joins a group.</summary>
public sealed record GroupOrderRequest
{
    private const int NoteCharsMax = 100;

    [GoodsId]
    public required string SkuId { get; init; }

    [Whole(1, GroupBuyRules.PiecesPerOrderMax)]
    public int Quantity { get; init; } = 1;

    /// <summary>Where to send it, of the member's addresses; null for what needs no sending.</summary>
    [Text(1, 64)]
    public string? AddressId { get; init; }

    /// <summary>For whoever packs it; null for nothing. Kept with the address.</summary>
    [Text(1, NoteCharsMax)]
    public string? Note { get; init; }
}

using Microsoft.Extensions.DependencyInjection;
using Pond.Activities;
using Pond.Orders;
using Pond.Platform;
using Pond.Products;
using Pond.Tests.Orders;

namespace Pond.Tests.Activities;

/// <summary>Something that a shopper may order as part of an activity, at ¥30 a piece in place of ¥40.</summary>
internal sealed record Deal(
    string Shopper, string ActivityId, string SkuId, ActivityKind Kind, string SubjectId, int Quantity, DateTimeOffset PayBy)
{
    public const long PriceFen = 3_000;

    public Allotment Stock => new($"{ActivityId}.{SkuId}", SkuId, Pieces: 10, Shards: 1);

    /// <summary>What comes out of it: the price in the end, or why there is none.</summary>
    public DealSettledV1 Settled(string orderId, string memberId, long priceFen = PriceFen, string? reason = null) =>
        new(orderId, memberId, SubjectId, priceFen, reason, HandClock.Start);
}

/// <summary>What tests of such orders do over and over.</summary>
internal static class DealSteps
{
    public static Task<DealPlacement> PlaceDeal(this Phone phone, Deal deal, string? key = null) =>
        phone.Api.Services.GetRequiredService<DealOrders>().Place(
            phone.MemberId,
            new DealWish(
                deal.Kind, deal.ActivityId, deal.SubjectId, Waits: deal.Kind is ActivityKind.GroupBuy, "春茶拼团",
                deal.Stock, deal.Quantity, Deal.PriceFen, AddressId: null, Note: null, deal.PayBy),
            new Operation("Test", key ?? Phone.NewKey(), Fingerprint: null),
            CancellationToken.None);

    /// <summary>WeChat has the money, and everybody has heard of it.</summary>
    public static async Task PayDeal(this Phone phone, string orderId)
    {
        phone.Api.Sandbox.Pay.Pay(await phone.Paying(orderId));
        await OrderSteps.Tell(phone.Api);
    }

    /// <summary>An order that is paid, and waits where it has to.</summary>
    public static async Task<string> BoughtDeal(this Phone phone, Deal deal)
    {
        var placed = await phone.PlaceDeal(deal);
        Assert.Null(placed.WhyNot);
        await phone.PayDeal(placed.Order!.OrderId);
        return placed.Order.OrderId;
    }

    /// <summary>The slice says what has come of it; paid back is what that brings.</summary>
    public static async Task Settle(this MiniProgramApi api, params DealSettledV1[] settled)
    {
        await api.Hear([.. settled.Select(OrderMessages.DealSettled)]);
        await api.PayBack();
    }
}

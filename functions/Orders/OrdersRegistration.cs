using Pond.Touches;

namespace Pond.Orders;

/// <summary>The services of this slice.</summary>
internal static class OrdersRegistration
{
    public static IServiceCollection AddOrders(
        this IServiceCollection services, OrderOptions options, AfterSaleOptions afterSale) => services
        .AddSingleton(options).AddSingleton(afterSale)
        .AddSingleton<OrderReservations>().AddSingleton<OrderDrafts>().AddSingleton<Placing>()
        .AddSingleton<OrderPayments>().AddSingleton<OpenOrders>().AddSingleton<MyOrders>()
        .AddSingleton<AfterSale>().AddSingleton<OrderPlaces>().AddSingleton<DealOrders>().AddSingleton<PaidOrders>()
        .AddSingleton<ITouchSubject, OrdersUnpaid>()
        .AddSingleton(OrderRecords.All).AddSingleton(OrderRows.InTheWayOfMerges);
}

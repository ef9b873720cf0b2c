namespace Pond.Orders;

/// <summary>The services of this slice.</summary>
internal static class OrdersRegistration
{
    public static IServiceCollection AddOrders(this IServiceCollection services, OrderOptions options) => services
        .AddSingleton(options)
        .AddSingleton<OrderReservations>().AddSingleton<OrderDrafts>().AddSingleton<Placing>()
        .AddSingleton<OrderPayments>().AddSingleton<OpenOrders>().AddSingleton<MyOrders>()
        .AddSingleton(OrderRecords.All).AddSingleton(OrderRows.InTheWayOfMerges);
}

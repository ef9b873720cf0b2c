namespace Pond.Payments;

/// <summary>What payments are made of.</summary>
internal static class PaymentsRegistration
{
    public static IServiceCollection AddPayments(this IServiceCollection services) => services
        .AddSingleton<PaymentDesk>().AddSingleton<PaymentChecks>().AddSingleton<PayerHashes>()
        .AddSingleton<Notifications>().AddSingleton<RefundWork>().AddSingleton<Tickets>()
        .AddSingleton<BillComparison>();
}

namespace Pond.Members;

/// <summary>What addresses and deliveries need.</summary>
internal static class AddressRegistration
{
    public static IServiceCollection AddAddresses(this IServiceCollection services) =>
        services.AddSingleton<AddressBooks>().AddSingleton<PersonalMoves>().AddSingleton<Deliveries>();
}

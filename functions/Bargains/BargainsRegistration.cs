using Pond.Orders;
using Pond.Shares;
using Pond.Touches;

namespace Pond.Bargains;

/// <summary>What this slice brings into the app.</summary>
internal static class BargainsRegistration
{
    public static IServiceCollection AddBargains(this IServiceCollection services) => services
        .AddSingleton<BargainDrafts>().AddSingleton<PiecesLeft>().AddSingleton<AttemptLooks>()
        .AddSingleton<AttemptOnAttemptBegun>().AddSingleton<AttemptOnHelpHeld>()
        .AddSingleton<IDealKeeper, BargainKeeper>().AddSingleton<IShareable, ShareableAttempts>()
        .AddSingleton<ITouchSubject, AttemptsEndingSoon>();
}

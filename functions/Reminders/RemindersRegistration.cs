using Pond.Touches;

namespace Pond.Reminders;

/// <summary>What this slice brings into the app.</summary>
internal static class RemindersRegistration
{
    public static IServiceCollection AddReminders(this IServiceCollection services) => services
        .AddSingleton<CycleDesk>().AddSingleton<BirthdayDesk>().AddSingleton<OpeningDesk>()
        .AddSingleton<ITouchSubject, GoodsUsedUp>().AddSingleton<ITouchSubject, BirthdaysToday>()
        .AddSingleton<ITouchSubject, PromotionsOpening>();
}

using Microsoft.Extensions.DependencyInjection;
using Pond.Kernel;
using Pond.Platform;
using Pond.Points;

namespace Pond.Tests.Points;

/// <summary>What another slice would ask of points, through the transactor on the app's own store.</summary>
internal static class BookSteps
{
    public static readonly Share HalfOfIt = new(1, 2);

    public static readonly Share AllOfIt = new(1, 1);

    /// <summary>An order that points are held for.</summary>
    public static Cause Order(int number) => new("order", $"{number}");

    public static Task<Decision<PointsEvent>> Hold(
        this MiniProgramApi api, Phone phone, int order, long points, TimeSpan? time = null) => api.Run(
        PointsRows.Holding(phone.MemberId, Order(order)),
        (account, now) => HoldRules.Hold(account, Order(order), points, now + (time ?? TimeSpan.FromHours(1)), now));

    public static Task<Decision<PointsEvent>> PostHold(this MiniProgramApi api, Phone phone, int order) => api.Run(
        PointsRows.Holding(phone.MemberId, Order(order)),
        (account, now) => HoldRules.Post(account, Order(order), now));

    public static Task<Decision<PointsEvent>> VoidHold(this MiniProgramApi api, Phone phone, int order) => api.Run(
        PointsRows.Holding(phone.MemberId, Order(order)),
        (account, now) => HoldRules.Void(account, Order(order), now));

    /// <summary>Points for an order, which end with the next month but one.</summary>
    public static Task<Decision<PointsEvent>> Earn(
        this MiniProgramApi api, Phone phone, int order, long points, int lotMonths = 1) => api.EarnUntil(
        phone, Order(order), points, PointsSteps.EndOf(api.Clock.GetUtcNow(), lotMonths));

    public static Task<Decision<PointsEvent>> EarnUntil(
        this MiniProgramApi api, Phone phone, Cause cause, long points, DateTimeOffset? end) => api.Run(
        PointsRows.Account(phone.MemberId, cause, Direction.Earn),
        (account, now) => PointsRules.Earn(account, cause, $"lot-{cause.Id}", points, end, now));

    /// <summary>Points for ever for an order, as far as the day allows.</summary>
    public static Task<Decision<PointsEvent>> EarnCapped(
        this MiniProgramApi api, Phone phone, int order, long points, EarnCaps caps) => api.Run(
        PointsRows.Earning(phone.MemberId, Order(order), caps),
        (account, now) => EarnRules.Earn(account, Order(order), $"lot-{order}", points, caps, null, now));

    public static Task<Decision<PointsEvent>> Spend(this MiniProgramApi api, Phone phone, int order, long points) =>
        api.Run(
            PointsRows.Account(phone.MemberId, Order(order), Direction.Spend),
            (account, now) => PointsRules.Spend(account, Order(order), points, now));

    public static Task<Decision<PointsEvent>> Refund(this MiniProgramApi api, Phone phone, int order, Share share) =>
        api.Run(
            PointsRows.Undoing(phone.MemberId, Order(order), Direction.Spend),
            (account, now) => UndoRules.Refund(account, Order(order), share, $"back-{order}", now));

    public static Task<Decision<PointsEvent>> Reverse(this MiniProgramApi api, Phone phone, int order, Share share) =>
        api.Run(
            PointsRows.Undoing(phone.MemberId, Order(order), Direction.Earn),
            (account, now) => UndoRules.Reverse(account, Order(order), share, now));

    public static async Task<(long Spendable, long Held, long Debt)> Sums(this Phone phone)
    {
        var points = await (await phone.Get("/api/me/points")).Json();
        return (points.Whole("spendablePoints"), points.Whole("heldPoints"), points.Whole("debtPoints"));
    }

    // Every call is a message of its own, so that only the rules keep the same from happening twice.
    private static async Task<Decision<PointsEvent>> Run(
        this MiniProgramApi api,
        Layout<PointsAccount, PointsEvent> layout,
        Func<PointsAccount, DateTimeOffset, Decision<PointsEvent>> decide)
    {
        var operation = new Operation("Test", new Ids().Next(), Fingerprint: null);
        return await api.Services.GetRequiredService<Transactor>().Run(
            layout, operation, decide, CancellationToken.None);
    }
}

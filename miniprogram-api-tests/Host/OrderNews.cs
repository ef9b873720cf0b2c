using Microsoft.Extensions.DependencyInjection;
using Pond.Orders;
using Pond.Platform;

namespace Pond.Tests;

/// <summary>What orders tell the others, left in an outbox as an order's commit would leave it.</summary>
internal static class OrderNews
{
    /// <summary>Leaves the messages in one commit of a partition that nobody else uses.</summary>
    public static async Task Tell(this MiniProgramApi api, params Message[] messages)
    {
        var layout = new Layout<Told, Told>(
            $"t:{new Ids().Next()}",
            "told",
            Loads: [],
            Read: _ => new Told(0),
            Write: told => [new StateRow("told", told)],
            Evolve: (_, told) => told,
            Announce: _ => messages);
        await api.Services.GetRequiredService<Transactor>().Run(
            layout,
            new Operation(nameof(OrderNews), new Ids().Next(), Fingerprint: null),
            (_, _) => new Told(messages.Length),
            CancellationToken.None);
    }

    /// <summary>Tells, and delivers until nothing waits.</summary>
    public static async Task Hear(this MiniProgramApi api, params Message[] messages)
    {
        await api.Tell(messages);
        await api.Deliver();
    }

    public static OrderSettledV1 Settled(
        string memberId, string orderId, bool isPaid, long heldPoints = 0, params string[] couponIds) => new(
        orderId, memberId, isPaid, [], [], couponIds, heldPoints, [], HandClock.Start);

    public static OrderRewardsV1 Rewards(
        string memberId,
        string orderId,
        long points = 0,
        long giftPoints = 0,
        long growth = 0,
        params string[] templateIds) =>
        new(orderId, memberId, points, giftPoints, growth, templateIds, HandClock.Start);

    /// <summary>A refund that gives and takes nothing yet.</summary>
    public static OrderRefundedV1 Refunded(string memberId, string orderId, int number = 1) => new(
        orderId, memberId, number, 0, 0, 0, 0, 0, 0, 0, 0, [], [], [], false, false, [], HandClock.Start);

    public static Message ToPoints(this OrderSettledV1 settled) => new(OrderMessages.SettledPointsQueue, settled);

    public static Message ToPoints(this OrderRewardsV1 rewards) => new(OrderMessages.RewardPointsQueue, rewards);

    public static Message ToPoints(this OrderRefundedV1 refunded) => new(OrderMessages.RefundedPointsQueue, refunded);

    public static Message ToCoupons(this OrderSettledV1 settled) => new(OrderMessages.SettledCouponsQueue, settled);

    public static Message ToCoupons(this OrderRewardsV1 rewards) => new(OrderMessages.RewardCouponsQueue, rewards);

    public static Message ToCoupons(this OrderRefundedV1 refunded) => new(OrderMessages.RefundedCouponsQueue, refunded);

    public static Message ToGrowth(this OrderRewardsV1 rewards) => new(OrderMessages.RewardGrowthQueue, rewards);

    public static Message ToGrowth(this OrderRefundedV1 refunded) => new(OrderMessages.RefundedGrowthQueue, refunded);

    private sealed record Told(int Messages);
}

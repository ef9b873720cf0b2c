using Pond.Tests.Simulation.Enumeration.Operations;

namespace Pond.Tests.Simulation.Enumeration;

/// <summary>Every operation that moves value, by its name.</summary>
internal static class AllOperations
{
    public static IReadOnlyDictionary<string, Func<World, Operation>> By { get; } =
        new Dictionary<string, Func<World, Operation>>
        {
            ["claim"] = world => new ClaimingTheLastCoupon(world),
            ["redemption"] = world => new RedeemingTheOnlyCode(world),
            ["acceptance"] = world => new AcceptingAGift(world),
            ["check-in"] = world => new CheckingInFirst(world),
            ["spend"] = world => new SpendingThirtyPoints(world),
            ["approval"] = world => new ApprovingAGift(world),
            ["grow"] = world => new GrowingIntoATier(world),
            ["merge"] = world => new MergingTwoAccounts(world),
            ["place"] = world => new PlacingAnOrder(world),
            ["begin payment"] = world => new BeginningAPayment(world),
            ["cancel"] = world => new CancellingAnOrder(world),
            ["hear of payment"] = world => new HearingOfAPayment(world),
            ["ask for payment"] = world => new AskingForAPayment(world),
            ["give refund"] = world => new GivingARefund(world),
            ["ask back"] = world => new AskingBackAnOrder(world),
        };

    /// <summary>Those that are tried with every two faults.</summary>
    public static IReadOnlyList<string> MostValuable { get; } =
        ["claim", "check-in", "place", "hear of payment", "give refund"];
}

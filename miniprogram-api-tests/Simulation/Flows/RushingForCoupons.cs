namespace Pond.Tests.Simulation.Flows;

/// <summary>A crowd that claims in the same second.</summary>
internal sealed class RushingForCoupons : ClaimingCoupons
{
    private const int Crowd = 5;

    private int guests;

    public override int Weight => 5;

    public override Task Visit(World world, SimulatedPhone phone) => Task.WhenAll(
        Enumerable.Range(0, Crowd).Select(_ => Claim(world, new SimulatedPhone(world, $"guest-{guests++}"))));
}

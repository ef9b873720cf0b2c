namespace Pond.Tests.Orders;

/// <summary>The app with a shop that takes points for everything that a shopper pays.</summary>
public sealed class OrderApp : SharedApi
{
    protected override Task<MiniProgramApi> Start() => MiniProgramApi.Start(new Dictionary<string, string>
    {
        ["Pricing:IsZeroPayAllowed"] = "true",
        ["Pricing:PointsShareMaxBp"] = "10000",
        ["Points:CheckInPoints"] = "0",
    });
}

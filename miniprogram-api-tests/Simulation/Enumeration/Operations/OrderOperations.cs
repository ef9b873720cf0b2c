namespace Pond.Tests.Simulation.Enumeration.Operations;

/// <summary>Placed and never paid: it is cancelled by itself, before it is quiet.</summary>
internal sealed class PlacingAnOrder(World world) : Purchasing(world)
{
    public override Task Act() => Place();

    public override Task Look() => AssertCancelled();
}

/// <summary>Begun and never paid.</summary>
internal sealed class BeginningAPayment(World world) : Purchasing(world)
{
    public override async Task Prepare()
    {
        await base.Prepare();
        await Place();
    }

    public override Task Act() => Begin();

    public override Task Look() => AssertCancelled();
}

internal sealed class CancellingAnOrder(World world) : Purchasing(world)
{
    public override async Task Prepare()
    {
        await base.Prepare();
        await Place();
        await Begin();
    }

    public override async Task Act() => await Ask(Phone, $"/api/orders/{OrderId}/cancellation", new { });

    public override Task Look() => AssertCancelled();
}

/// <summary>The shopper pays; WeChat tells nothing, so somebody has to ask it.</summary>
internal class AskingForAPayment(World world) : Purchasing(world)
{
    public override async Task Prepare()
    {
        await base.Prepare();
        await Place();
        await Begin();
    }

    public override Task Act()
    {
        Pay();
        return Task.CompletedTask;
    }

    public override Task Look() => AssertPaid(backPieces: 0);
}

/// <summary>WeChat tells that the shopper has paid.</summary>
internal sealed class HearingOfAPayment(World world) : AskingForAPayment(world)
{
    public override async Task Prepare()
    {
        await base.Prepare();
        World.WeChat.Start();
    }
}

/// <summary>Everybody has heard of a payment, and then some of it goes back.</summary>
internal abstract class Refunding(World world) : Purchasing(world)
{
    public override async Task Prepare()
    {
        await base.Prepare();
        await Place();
        await Begin();
        Pay();
        World.WeChat.Start();
        await World.Pause(TimeSpan.FromSeconds(30));
        Assert.Equal("paid", (await TheOrder()).Text("state"));
    }
}

/// <summary>The shop gives one piece's money back, and has the piece.</summary>
internal sealed class GivingARefund(World world) : Refunding(world)
{
    public override async Task Act() => await Ask(World.Owner, $"/api/operator/orders/{OrderId}/refunds", new
    {
        lines = new[] { new { lineNumber = 1, quantity = 1 } },
        reason = "少发一件",
        restockedLines = new[] { 1 },
    });

    public override Task Look() => AssertPaid(backPieces: 1);
}

/// <summary>The shopper asks for all of it back, and the shop agrees.</summary>
internal sealed class AskingBackAnOrder(World world) : Refunding(world)
{
    public override async Task Act()
    {
        var asked = await Ask(
            Phone, $"/api/orders/{OrderId}/refunds", new { kind = "moneyOnly", reason = "unwanted" });
        await Ask(
            World.Owner,
            $"/api/operator/orders/{OrderId}/refunds/{asked.Body.Whole("number")}/decision",
            new { answer = "agree", isMerchantsFault = false, reason = "已核实" });
    }

    public override Task Look() => AssertPaid(backPieces: 3);
}

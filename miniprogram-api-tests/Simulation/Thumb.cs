using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.Simulation;

/// <summary>What a shopper does with the phone's question whether to pay.</summary>
internal static class Thumb
{
    /// <summary>Pays what the app has asked for, unless it is too late; nothing when there was no question.</summary>
    public static void Pay(World world, SimulatedPhone phone, Reply paying)
    {
        if (!paying.IsSuccess || paying.Body.Text("state") != "ready") return;
        var asked = paying.Body.GetProperty("parameters");
        Try(world, () => world.WeChat.Sandbox.Pay.RequestPayment(phone.Name, new PaymentRequest(
            asked.Text("timeStamp"), asked.Text("nonceStr"), asked.Text("package"), asked.Text("signType"),
            asked.Text("paySign"))));
    }

    /// <summary>Pays in some way, unless it is too late.</summary>
    public static void Try(World world, Action pay)
    {
        try
        {
            pay();
        }
        catch (InvalidOperationException tooLate)
        {
            world.Trace.Add("not paid", tooLate.Message); // WeChat tells the shopper
        }
    }
}

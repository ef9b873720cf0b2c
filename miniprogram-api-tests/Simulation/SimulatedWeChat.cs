using System.Globalization;
using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.Simulation;

/// <summary>WeChat as the sandbox plays it, without a network. It never dies, and its clock is right.</summary>
internal sealed class SimulatedWeChat
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    private static readonly SandboxRefundStatus[] Failures = [SandboxRefundStatus.Closed, SandboxRefundStatus.Abnormal];

    private readonly World world;
    private readonly Machine machine;
    private readonly StandingSandbox standing;
    private bool isSending;
    private int looks;

    public SimulatedWeChat(World world)
    {
        this.world = world;
        machine = new Machine(world.Scheduler, "wechat");
        standing = StandingSandbox.For(this, world.Scheduler, new WireToApp(world, machine));
        Sandbox.Pay.PublicKeyOnly = true; // certificates have serial numbers by a chance that is not the seed's
        Sandbox.Pay.AnswerTimeMax = Timeout.InfiniteTimeSpan; // real time; the wire has its own
        Sandbox.Pay.NotifyTo = new Uri("http://localhost:2");
    }

    public SandboxServer Sandbox => standing.Of(this);

    /// <summary>The payments that a phone can ask its shopper to confirm. Nobody can pay the others.</summary>
    public HashSet<string> OnPhones { get; } = [];

    /// <summary>Carries a call out, whether or not anybody hears the answer.</summary>
    public void Serve(Request request, Action<Answer> answered) =>
        world.Begin(machine, Actor.Current ?? world.Own, async () => answered(await standing.Server.Send(request)));

    /// <summary>Whoever closes a payment has asked whether it is paid; meanwhile somebody may pay.</summary>
    public void PayBefore(Request request)
    {
        var path = request.Target.Split('/');
        if (path is not [.., var outTradeNo, "close"] || !OnPhones.Contains(outTradeNo)) return;
        var isOpen = Sandbox.Pay.Payments.Any(payment =>
            payment.OutTradeNo == outTradeNo && payment.State is SandboxTradeState.NotPay
            && world.Scheduler.GetUtcNow() < payment.ExpiresAt);
        if (isOpen && world.Strikes(FaultKind.PaidAtClosing)) Sandbox.Pay.Pay(outTradeNo);
    }

    /// <summary>From now on notifications go out as they fall due.</summary>
    public void Start() => world.Scheduler.In(BetweenLooks, () =>
    {
        if (!isSending) world.Begin(machine, world.ActorOf($"wechat {looks++}"), SendDue);
        Start();
    });

    private async Task SendDue()
    {
        isSending = true;
        var pay = Sandbox.Pay;
        pay.DuplicateNotifications = world.Strikes(FaultKind.NotificationDoubled) ? world.Noise.Below(3) + 1 : 0;
        if (pay.PendingNotifications.Count > 0 && world.Strikes(FaultKind.NotificationForged))
            pay.Levers.WrongSignatures = pay.Levers.UnknownSerials = 1;
        foreach (var refund in pay.Refunds.Where(refund => refund.Status is SandboxRefundStatus.Processing).ToList())
        {
            if (world.Strikes(FaultKind.RefundFails))
                pay.SettleRefunds(world.Noise.OneOf(Failures), refund.RefundNo);
        }

        var sent = await pay.SendDue(CancellationToken.None);
        if (sent > 0) world.Trace.Add("notifications", sent.ToString(CultureInfo.InvariantCulture));
        isSending = false;
    }
}

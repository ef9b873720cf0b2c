using Pond.Platform.WeChat.Pay;
using Xunit.Abstractions;

namespace Pond.Tests.WeChat.Pay;

/// <summary>Of notifications, only those of WeChat Pay to this app, now, are read.</summary>
public sealed class RefusingForgedNotifications(ITestOutputHelper output)
{
    [Theory]
    [InlineData("pay success notify", true)]
    [InlineData("pay success notify", false)]
    [InlineData("refund success notify", true)]
    [InlineData("refund success notify", false)]
    public async Task The_good_one_is_taken_and_no_change_of_it(string name, bool hasPublicKey)
    {
        var authority = new PayCertificates(PayVectors.ApiV3Key);
        await using var bench = new PayBench(PayVectors.Options(hasPublicKey));
        var certificate = authority.Issue(PayVectors.PlatformSerial, PayVectors.Rsa("wechatpay_private"));
        bench.Server.Certificates = () => bench.Server.Signed(200, PayCertificates.Download(certificate), certificate.Platform);
        var good = PayVectors.Notification(name);
        if (!hasPublicKey) good = good with { Serial = PayVectors.PlatformSerial };
        var forged = new ForgedNotifications(
            PayVectors.Platform(good.Serial!), good, PayVectors.Moment).All();

        var taken = new List<string>();
        foreach (var one in forged)
        {
            if (await IsTaken(bench.Notifications, one.Notification)) taken.Add(one.What);
        }

        output.WriteLine($"{Distinct(forged)} forged, {taken.Count} taken");
        Assert.Empty(taken);
        Assert.True(await IsTaken(bench.Notifications, good));
        Assert.True(Distinct(forged) >= 300, $"only {Distinct(forged)}");
        Assert.True(forged.Count(one => one.FitsHttp) >= 300);
    }

    [Fact]
    public async Task A_payment_is_no_refund_and_a_refund_no_payment()
    {
        await using var bench = new PayBench();
        var (paid, refunded) = (PayVectors.Notification("pay success notify"), PayVectors.Notification("refund success notify"));

        Assert.Null(await bench.Notifications.ReadRefund(paid, CancellationToken.None));
        Assert.Null(await bench.Notifications.ReadPayment(refunded, CancellationToken.None));
    }

    [Theory]
    [InlineData(-299)]
    [InlineData(299)]
    public async Task Up_to_five_minutes_are_taken(int seconds)
    {
        await using var bench = new PayBench();
        bench.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.True(await IsTaken(bench.Notifications, PayVectors.Notification("pay success notify")));
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(-300)]
    [InlineData(300)]
    [InlineData(301)]
    public async Task Five_minutes_and_more_are_not(int seconds)
    {
        await using var bench = new PayBench();
        bench.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.False(await IsTaken(bench.Notifications, PayVectors.Notification("pay success notify")));
    }

    [Fact]
    public async Task What_is_not_taken_is_said_in_the_log_without_what_it_says()
    {
        await using var bench = new PayBench();
        var good = PayVectors.Notification("pay success notify");

        await IsTaken(bench.Notifications, good with { Body = "{\"told\":\"to-nobody\"}"u8.ToArray() });

        Assert.Contains(bench.Log.Lines, line => line.Contains("is not taken, for its signature", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Log.Lines, line => line.Contains("to-nobody", StringComparison.Ordinal));
    }

    private static int Distinct(IEnumerable<ForgedNotification> forged) => forged
        .Select(one => (one.Notification with { Body = default }, Convert.ToHexString(one.Notification.Body.Span)))
        .Distinct().Count();

    private static async Task<bool> IsTaken(PayNotifications notifications, PayNotification notification) =>
        await notifications.ReadPayment(notification, CancellationToken.None) is not null
        || await notifications.ReadRefund(notification, CancellationToken.None) is not null;
}

using System.Text;
using System.Text.Json.Nodes;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.WeChat.Pay;

/// <summary>WeChat Pay changes its keys, and nothing is lost and nothing false believed meanwhile.</summary>
public sealed class RotatingCertificates : IAsyncLifetime
{
    private const string First = "1111D72A03E93CDDF8C03BBD1F37EEDF12345678";
    private const string Second = "2222D72A03E93CDDF8C03BBD1F37EEDF12345678";

    private static readonly JsonNode Paid =
        JsonNode.Parse(PayVectors.Named("pay success notify (plaintext)").GetProperty("plaintext").GetString()!)!;

    private readonly PayCertificates authority = new(PayVectors.ApiV3Key);
    private readonly PayBench bench = new(PayVectors.Options(hasPublicKey: false));
    private IssuedCertificate first = null!;
    private IssuedCertificate second = null!;

    public Task InitializeAsync()
    {
        first = authority.Issue(First, expiresAt: PayVectors.Moment.AddDays(10));
        second = authority.Issue(Second, effectiveAt: PayVectors.Moment.AddDays(1));
        Offer(first, first);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => bench.DisposeAsync().AsTask();

    [Fact]
    public async Task Old_and_new_are_good_while_WeChat_changes_over_and_the_new_one_alone_after_it()
    {
        Assert.True(await IsTaken(first));
        Offer(first, first, second);
        bench.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True(await IsTaken(second));
        Assert.True(await IsTaken(first));

        Offer(second, second);
        bench.Clock.Advance(TimeSpan.FromDays(9)); // the first has ended meanwhile
        Assert.True(await IsTaken(second));
        Assert.False(await IsTaken(first));
    }

    [Fact]
    public async Task A_certificate_is_not_good_before_its_time()
    {
        Offer(first, first, second);

        Assert.False(await IsTaken(second));
        bench.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True(await IsTaken(second));
    }

    [Fact]
    public async Task A_certificate_ends_to_the_second()
    {
        Assert.True(await IsTaken(first));
        bench.Clock.Advance(TimeSpan.FromDays(10) - TimeSpan.FromSeconds(1));
        Assert.True(await IsTaken(first));

        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await IsTaken(first));
        bench.Clock.Advance(PlatformCertificates.Pause);
        await Assert.ThrowsAsync<WeChatPayUnavailableException>(() => IsTaken(first)); // nothing verifies the download
    }

    [Fact]
    public async Task Answers_are_asked_for_under_the_newest_that_is_good()
    {
        Offer(first, first, second);
        bench.Server.Platform = first.Platform;
        bench.Server.Next(200, "{\"prepay_id\":\"wx1\"}");
        Assert.IsType<PrepayOutcome.Ready>(await Prepay());

        bench.Clock.Advance(TimeSpan.FromDays(1));
        bench.Server.Platform = second.Platform;
        bench.Server.Next(200, "{\"prepay_id\":\"wx1\"}");
        Assert.IsType<PrepayOutcome.Ready>(await Prepay());

        Assert.Equal([First, Second], bench.Server.Wishes.Select(call => call.Headers["Wechatpay-Serial"]));
    }

    [Fact]
    public async Task They_are_downloaded_again_after_twelve_hours_and_not_before()
    {
        Assert.True(await IsTaken(first));
        bench.Clock.Advance(PlatformCertificates.Freshness - TimeSpan.FromSeconds(1));
        Assert.True(await IsTaken(first));
        Assert.Single(bench.Server.CertificateCalls);

        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await IsTaken(first));
        Assert.Equal(2, bench.Server.CertificateCalls.Count());
    }

    [Fact]
    public async Task Those_at_hand_stay_good_while_no_new_ones_can_be_had()
    {
        Assert.True(await IsTaken(first));
        bench.Server.Certificates = () => PayServer.Error(500, "SYSTEM_ERROR");
        bench.Clock.Advance(TimeSpan.FromDays(2));

        Assert.True(await IsTaken(first));
        await Assert.ThrowsAsync<WeChatPayUnavailableException>(() => IsTaken(second));
    }

    [Fact]
    public async Task A_thousand_made_up_serials_cost_one_download_a_minute()
    {
        Assert.True(await IsTaken(first));
        bench.Clock.Advance(PlatformCertificates.Pause);
        for (var i = 0; i < 1000; i++)
            Assert.False(await IsTaken(first.Platform.Named($"{i:X40}")));

        Assert.Equal(2, bench.Server.CertificateCalls.Count());
        bench.Clock.Advance(PlatformCertificates.Pause);
        Assert.False(await IsTaken(first.Platform.Named($"{1000:X40}")));
        Assert.Equal(3, bench.Server.CertificateCalls.Count());
    }

    [Fact]
    public async Task Fifty_notifications_at_once_wait_for_one_download()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => IsTaken(first))));

        Assert.All(taken, Assert.True);
        Assert.Single(bench.Server.CertificateCalls);
    }

    [Fact]
    public async Task A_WeChat_that_cannot_be_asked_is_asked_again_after_five_seconds()
    {
        bench.Server.Certificates = () => throw new HttpRequestException(HttpRequestError.ConnectionError);
        await Assert.ThrowsAsync<WeChatPayUnavailableException>(() => IsTaken(first));
        Offer(first, first);
        await Assert.ThrowsAsync<WeChatPayUnavailableException>(() => IsTaken(first));
        Assert.Equal(PaySender.TriesMax, bench.Server.CertificateCalls.Count());

        bench.Clock.Advance(PlatformCertificates.PauseAfterFailure);
        Assert.True(await IsTaken(first));
    }

    [Fact]
    public async Task Without_a_certificate_nothing_is_sent()
    {
        bench.Server.Certificates = () => PayServer.Error(500, "SYSTEM_ERROR");

        Assert.IsType<PrepayOutcome.Unknown>(await Prepay());
        Assert.Empty(bench.Server.Wishes);
    }

    [Fact]
    public async Task A_download_that_is_not_WeChat_s_is_not_believed()
    {
        var stranger = authority.Issue(Second);
        HttpResponseMessage[] wrong =
        [
            bench.Server.Signed(200, PayCertificates.Download(first), stranger.Platform), // by one who is not inside
            bench.Server.Signed(200, PayCertificates.Download(first), stranger.Platform.Named(First)), // under a false name
            bench.Server.Signed(200, "{\"data\":[]}"u8.ToArray(), first.Platform),
            bench.Server.Signed(200, "<html>"u8.ToArray(), first.Platform),
            bench.Server.Signed(200, Sealed("another-key-of-32-characters-..."), first.Platform),
            bench.Server.Signed(200, Replaced("AEAD_AES_256_GCM", "AEAD_SM4_GCM"), first.Platform),
            bench.Server.Signed(200, Replaced(First, Second), first.Platform.Named(Second)), // a serial of another
            new(System.Net.HttpStatusCode.OK) { Content = new ByteArrayContent(PayCertificates.Download(first)) }, // unsigned
            PayServer.Sealed(200, PayCertificates.Download(first), first.Platform.Sign(PayCertificates.Download(first), PayVectors.Moment.AddMinutes(-6))),
            PayServer.Error(302, "FOUND"),
        ];
        foreach (var answer in wrong)
        {
            bench.Server.Certificates = () => answer;
            await Assert.ThrowsAsync<WeChatPayUnavailableException>(() => IsTaken(first));
            bench.Clock.Advance(PlatformCertificates.PauseAfterFailure);
        }

        Assert.Equal(wrong.Length, bench.Server.CertificateCalls.Count());
        Offer(first, first);
        Assert.True(await IsTaken(first));
    }

    [Fact]
    public async Task Merchants_who_change_over_to_the_public_key_take_both()
    {
        await using var both = new PayBench(PayVectors.Options(hasPublicKey: true));
        both.Server.Certificates = () => both.Server.Signed(200, PayCertificates.Download(first), first.Platform);
        var modern = PayVectors.Platform(PayVectors.PublicKeyId);

        Assert.True(await IsTaken(modern, both));
        Assert.Empty(both.Server.CertificateCalls);
        Assert.True(await IsTaken(first.Platform, both));
        Assert.True(await IsTaken(modern, both));
    }

    [Fact]
    public async Task Merchants_with_nothing_but_the_public_key_take_no_certificate_s_word()
    {
        await using var modern = new PayBench(PayVectors.Options(hasPublicKey: true));

        Assert.False(await IsTaken(first.Platform, modern));
        Assert.False(await IsTaken(first.Platform, modern));
        Assert.Single(modern.Server.CertificateCalls);
    }

    private void Offer(IssuedCertificate signer, params IssuedCertificate[] certificates) =>
        bench.Server.Certificates = () => bench.Server.Signed(200, PayCertificates.Download(certificates), signer.Platform);

    private byte[] Replaced(string old, string other) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(PayCertificates.Download(first)).Replace(old, other));

    private byte[] Sealed(string apiV3Key) => PayCertificates.Download(
        first with { Platform = new(first.Platform.Key, First, apiV3Key) });

    private Task<PrepayOutcome> Prepay() => bench.Pay.Prepay(
        new("T20260101000000000001", "茶", 1990, "o1", PayVectors.Moment.AddHours(1), "/n"), CancellationToken.None);

    private Task<bool> IsTaken(IssuedCertificate by) => IsTaken(by.Platform);

    private async Task<bool> IsTaken(PayPlatform by, PayBench? at = null)
    {
        at ??= bench;
        var notification = by.Notify("TRANSACTION.SUCCESS", Paid, at.Clock.GetUtcNow());
        return await at.Notifications.ReadPayment(notification, CancellationToken.None) is not null;
    }
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.WeChat.Sandbox;

/// <summary>Notifications: what they say, when they come, and how they go astray.</summary>
public sealed class TellingTheMerchant
{
    private const string Number = "T20260101000000000001";

    private static readonly int[] WeChatsDelaysSeconds =
        [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600];

    [Fact]
    public async Task A_payment_is_told_once_signed_and_sealed()
    {
        await using var bench = await PayBench.Start();
        var keys = await bench.Certificates();
        var sold = await bench.Sell(Number);

        Assert.Equal(1, await Send(bench));
        Assert.Equal(0, await Send(bench));

        var heard = Assert.Single(bench.App.All);
        Assert.Equal("/api/wechat/payments", heard.Path); // the merchant's path at the sandbox's address
        Assert.True(PayBench.IsSigned(heard.Headers, heard.Body, keys[heard.Headers["Wechatpay-Serial"]].GetRSAPublicKey()!));
        Assert.Equal("TRANSACTION.SUCCESS", heard.EventType);
        Assert.Equal("transaction", heard.Json.GetProperty("resource").GetProperty("original_type").GetString());
        Assert.Equal(sold.TransactionId, heard.News.GetProperty("transaction_id").GetString());
        Assert.Equal((await bench.Query(Number)).Text, heard.News.GetRawText());
        Assert.Empty(bench.Pay.PendingNotifications);
    }

    [Theory]
    [InlineData(StatusCodes.Status200OK, true)]
    [InlineData(StatusCodes.Status204NoContent, true)]
    [InlineData(StatusCodes.Status201Created, false)]
    [InlineData(StatusCodes.Status302Found, false)]
    [InlineData(StatusCodes.Status400BadRequest, false)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, false)]
    public async Task Only_200_and_204_end_it(int status, bool isEnd)
    {
        await using var bench = await PayBench.Start();
        bench.App.Answer = _ => status;
        await bench.Sell(Number);

        await Send(bench);

        Assert.Equal(isEnd ? 0 : 1, bench.Pay.PendingNotifications.Count);
    }

    [Fact]
    public async Task What_is_not_taken_comes_again_fifteen_times_in_a_day_and_then_never()
    {
        await using var bench = await PayBench.Start();
        bench.App.Answer = _ => StatusCodes.Status500InternalServerError;
        await bench.Sell(Number);
        await Send(bench);

        foreach (var delay in WeChatsDelaysSeconds)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(delay - 1));
            Assert.Equal(0, await Send(bench));
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(1, await Send(bench));
        }

        Assert.Equal(86640, WeChatsDelaysSeconds.Sum()); // a day and four minutes
        Assert.Empty(bench.Pay.PendingNotifications);
        Assert.Single(bench.App.All.Select(heard => heard.Json.GetProperty("id").GetString()).Distinct());
    }

    [Fact]
    public async Task An_answer_that_is_late_and_an_app_that_is_down_count_as_none()
    {
        await using var bench = await PayBench.Start();
        using var asleep = new ManualResetEventSlim();
        bench.App.Answer = _ =>
        {
            asleep.Wait();
            return StatusCodes.Status204NoContent;
        };
        bench.Pay.AnswerTimeMax = TimeSpan.FromMilliseconds(100);
        await bench.Sell(Number);
        await Send(bench);
        asleep.Set();
        bench.Pay.AnswerTimeMax = TimeSpan.FromMinutes(1);
        bench.Pay.NotifyTo = new("http://127.0.0.1:1");
        bench.Clock.Advance(TimeSpan.FromSeconds(15));
        await Send(bench);

        Assert.Equal(2, Assert.Single(bench.Pay.PendingNotifications).Attempts);
    }

    [Fact]
    public async Task Levers_double_delay_lose_and_reorder()
    {
        await using var bench = await PayBench.Start();
        bench.Pay.DuplicateNotifications = 2;
        await bench.Sell("T-double-01");
        Assert.Equal(3, await Send(bench));
        bench.Pay.Levers.Reset();

        bench.Pay.Levers.Lost = true;
        await bench.Sell("T-lost-0001");
        bench.Pay.Levers.Reset();
        Assert.Equal(0, await Send(bench));

        bench.Pay.Levers.Delay = TimeSpan.FromMinutes(5);
        await bench.Sell("T-late-0001");
        bench.Pay.Levers.Reset();
        await bench.Sell("T-first-001");
        await bench.Sell("T-second-01");
        bench.Pay.Levers.NewestFirst = true;
        Assert.Equal(2, await Send(bench));
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await Send(bench));

        Assert.Equal(
            ["T-double-01", "T-double-01", "T-double-01", "T-second-01", "T-first-001", "T-late-0001"],
            bench.App.All.Select(heard => heard.News.GetProperty("out_trade_no").GetString()));
    }

    [Fact]
    public async Task What_was_dropped_never_comes_and_what_is_told_again_does()
    {
        await using var bench = await PayBench.Start();
        await bench.Sell(Number);

        Assert.Equal(1, bench.Pay.DropNotifications());
        Assert.Equal(0, await Send(bench));
        bench.Pay.NotifyAgain(Number);

        Assert.Equal(1, await Send(bench));
        Assert.Equal(Number, bench.App.All.Single().News.GetProperty("out_trade_no").GetString());
    }

    [Fact]
    public async Task Wrong_signatures_unknown_serials_and_probes_are_to_be_refused()
    {
        await using var bench = await PayBench.Start();
        var (serial, certificate) = (await bench.Certificates()).Single();
        bench.App.Answer = heard => heard.Headers["Wechatpay-Serial"] == serial
            && !heard.Headers["Wechatpay-Signature"].StartsWith("WECHATPAY/SIGNTEST/", StringComparison.Ordinal)
            && PayBench.IsSigned(heard.Headers, heard.Body, certificate.GetRSAPublicKey()!)
                ? StatusCodes.Status204NoContent
                : StatusCodes.Status401Unauthorized;
        bench.Pay.Levers.WrongSignatures = 1;
        bench.Pay.Levers.UnknownSerials = 2;
        await bench.Sell(Number);

        Assert.Equal(HttpStatusCode.Unauthorized, await bench.Pay.SendProbe(Number, CancellationToken.None));
        await Send(bench);
        bench.Clock.Advance(TimeSpan.FromSeconds(15));
        await Send(bench);
        Assert.Single(bench.Pay.PendingNotifications);
        bench.Clock.Advance(TimeSpan.FromSeconds(15));
        await Send(bench);

        Assert.Empty(bench.Pay.PendingNotifications); // the right one follows
    }

    [Fact]
    public async Task After_a_rotation_and_with_the_key_of_an_id_they_are_signed_so()
    {
        await using var bench = await PayBench.Start();
        var rotated = bench.Pay.RotateCertificate();
        await bench.Sell("T-rotated-1");
        await Send(bench);
        bench.Pay.PublicKeyOnly = true;
        await bench.Sell("T-key-id-01");
        await Send(bench);

        Assert.Equal(
            [rotated, SandboxPay.PublicKeyId], bench.App.All.Select(heard => heard.Headers["Wechatpay-Serial"]));
    }

    private static Task<int> Send(PayBench bench) => bench.Pay.SendDue(CancellationToken.None);
}

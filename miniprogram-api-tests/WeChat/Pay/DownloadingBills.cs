using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.WeChat.Pay;

/// <summary>A day's bill is read to the fen, or not at all.</summary>
public sealed class DownloadingBills : IAsyncLifetime
{
    private const string Head =
        "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,"
        + "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";

    private const string Payment =
        "`2026-01-01 08:00:00,`wx1234567890abcdef,`1900000001,`0,`,`4200000000202601010000000001,`T1,`o1,`JSAPI,`SUCCESS,`OTHERS,`CNY,`18.90,`1.00,"
        + "`0,`0,`0.00,`0.00,`,`,`碧螺春, 新茶,`order=1,`0.11000,`0.60%,`19.90,`0.00,`";

    private const string Refund =
        "`2026-01-01 09:00:00,`wx1234567890abcdef,`1900000001,`0,`,`4200000000202601010000000001,`T1,`o1,`JSAPI,`REFUND,`OTHERS,`CNY,`0.00,`0.00,"
        + "`50000000002026010100000000001,`R1,`8.90,`1.00,`ORIGINAL,`SUCCESS,`怪 ,`名字,`,`-0.05000,`0.60%,`0.00,`9.90,`";

    private const string Sums =
        "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n`2,`18.90,`8.90,`1.00,`0.06000,`19.90,`9.90";

    private readonly PayBench bench = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => bench.DisposeAsync().AsTask();

    [Fact]
    public async Task Its_lines_are_payments_and_refunds()
    {
        var file = File(Head, Payment, Refund, Sums);
        Announce(file);

        var ready = Assert.IsType<BillOutcome.Ready>(await Download());

        Assert.Equal(
            [
                new("T1", "4200000000202601010000000001", 1990, null, 0, "SUCCESS"),
                new("T1", "4200000000202601010000000001", 0, "R1", 990, "SUCCESS"),
            ],
            ready.Lines);
        Assert.Equal(
            ["/v3/bill/tradebill?bill_date=2026-01-01&bill_type=ALL", "/v3/billdownload/file?token=6XIv5TUPto7pByrTQKhd6kwvyKLG2uY2&tartype="],
            bench.Server.Wishes.Select(call => call.Path));
    }

    [Fact]
    public async Task The_file_is_fetched_from_WeChat_Pay_whatever_host_the_answer_names()
    {
        Announce(File(Head, Sums), address: "http://169.254.169.254/v3/billdownload/file?token=t");
        Assert.Empty(Assert.IsType<BillOutcome.Ready>(await Download()).Lines);

        Announce(File(Head, Sums), address: "https://api.mch.weixin.qq.com/v3/merchant/fund/balance");
        Assert.IsType<BillOutcome.Unknown>(await Download());
        Assert.Equal(3, bench.Server.Wishes.Count);
    }

    [Theory]
    [InlineData(400, "NO_STATEMENT_EXIST", "Missing")]
    [InlineData(400, "NOSTATEMENTEXIST", "Missing")]
    [InlineData(400, "STATEMENT_CREATING", "Missing")]
    [InlineData(400, "PARAM_ERROR", "Unknown")]
    [InlineData(429, "FREQUENCY_LIMITED", "Unknown")]
    [InlineData(500, "NO_STATEMENT_EXIST", "Unknown")]
    public async Task A_day_without_a_bill_is_told_by_its_code(int status, string code, string expected)
    {
        bench.Server.Otherwise = _ => PayServer.Error(status, code);

        Assert.Equal(expected, (await Download()).GetType().Name);
    }

    [Fact]
    public async Task A_file_that_is_not_what_was_announced_is_not_read()
    {
        var file = File(Head, Payment, Sums);
        Announce(file, sent: file[..^1]);
        Assert.IsType<BillOutcome.Unknown>(await Download());
        Announce(file, sent: [.. file, 10]);
        Assert.IsType<BillOutcome.Unknown>(await Download());
        Announce(file, hashType: "MD5");
        Assert.IsType<BillOutcome.Unknown>(await Download());
        Announce(file, hash: "");
        Assert.IsType<BillOutcome.Unknown>(await Download());
    }

    public static TheoryData<string> NoBills =>
    [
        "", "<html>", Head, Payment, $"{Head}\n{Payment}", $"{Payment}\n{Sums}", $"{Head}\nSUCCESS\n{Sums}",
        $"{Head}\n{Payment.Replace("`19.90", "`19.905")}\n{Sums}", $"{Head}\n{Payment.Replace("`19.90", "`-19.90")}\n{Sums}",
        $"{Head}\n{Payment.Replace("`19.90", "`1,990")}\n{Sums}", $"{Head}\n{Payment.Replace("`T1", "`")}\n{Sums}",
        $"{Head}\n{Payment.Replace("`0.00,`\r", "")[..40]}\n{Sums}", $"{Head.Replace("订单金额", "金额")}\n{Payment}\n{Sums}",
    ];

    [Theory, MemberData(nameof(NoBills))]
    public void What_is_no_bill_is_not_read(string file) => Assert.Null(TradeBill.Read(Encoding.UTF8.GetBytes(file)));

    [Fact]
    public void Yuan_are_fen_exactly() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        fen => TradeBill.Fen((fen / 100m).ToString("0.00", CultureInfo.InvariantCulture)) == fen).CheckThoroughly();

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("0.1", 10L)]
    [InlineData("0.29", 29L)]
    [InlineData("1.10000", 110L)]
    [InlineData("9999999999999.99", 999999999999999L)]
    [InlineData("0.001", null)]
    [InlineData("1e2", null)]
    [InlineData("+1.00", null)]
    [InlineData(" 1.00", null)]
    [InlineData("1.", null)]
    [InlineData("１.00", null)]
    [InlineData("", null)]
    public void Amounts_are_plain_decimals(string yuan, long? fen) => Assert.Equal(fen, TradeBill.Fen(yuan));

    private static byte[] File(params string[] lines) =>
        [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n")];

    private void Announce(
        byte[] file,
        byte[]? sent = null,
        string hashType = "SHA1",
        string? hash = null,
        string address = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=6XIv5TUPto7pByrTQKhd6kwvyKLG2uY2&tartype=")
    {
        bench.Server.Next(200, new JsonObject
        {
            ["hash_type"] = hashType,
#pragma warning disable CA5350 // WeChat's choice
            ["hash_value"] = hash ?? Convert.ToHexStringLower(SHA1.HashData(file)),
#pragma warning restore CA5350
            ["download_url"] = address,
        }.ToJsonString());
        if (address.Contains("/billdownload/"))
            bench.Server.Next(_ => new() { Content = new ByteArrayContent(sent ?? file) }); // nobody signs it
    }

    private Task<BillOutcome> Download() => bench.Pay.DownloadBill(new(2026, 1, 1), CancellationToken.None);
}

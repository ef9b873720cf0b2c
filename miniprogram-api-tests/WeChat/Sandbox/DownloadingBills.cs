using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Pond.Tests.WeChat.Sandbox;

/// <summary>A day's bill, as WeChat makes it the morning after.</summary>
public sealed class DownloadingBills
{
    private const string Today = "/v3/bill/tradebill?bill_date=2026-03-02&bill_type=ALL";

    [Fact]
    public async Task A_bill_tells_every_payment_and_refund_of_its_day_in_yuan_with_sums_at_the_end()
    {
        await using var bench = await PayBench.Start();
        var sold = await bench.Sell("T-sold-0001");
        await bench.Sell("T-sold-0002", totalFen: 5);
        await bench.Prepare("T-unpaid-01");
        await bench.Refund("R-1", "T-sold-0001", 990);
        bench.Clock.Advance(TimeSpan.FromDays(1));
        await bench.Sell("T-next-day1");

        var announced = await bench.Get(Today);
        var address = new Uri(announced.Json.GetProperty("download_url").GetString()!);
        var file = await bench.Get(address.PathAndQuery);

        byte[] bytes = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(file.Text)];
#pragma warning disable CA5350 // WeChat's choice
        var hash = Convert.ToHexStringLower(SHA1.HashData(bytes));
#pragma warning restore CA5350
        Assert.Equal(hash, announced.Json.GetProperty("hash_value").GetString());
        Assert.False(file.Headers.ContainsKey("Wechatpay-Signature"));
        var lines = file.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        Assert.StartsWith("交易时间,公众账号ID,商户号,", lines[0]);
        Assert.StartsWith($"`2026-03-02 12:00:00,`{MiniProgramApi.AppId},`{MerchantAccount.MchId},", lines[1]);
        Assert.Contains($",`{sold.TransactionId},`T-sold-0001,", lines[1]);
        Assert.Contains(",`SUCCESS,`OTHERS,`CNY,`19.90,`0.00,`0,`0,`0.00,", lines[1]);
        Assert.EndsWith(",`19.90,`0.00,`", lines[1]);
        Assert.Contains(",`0.05,", lines[2]);
        Assert.Contains(",`R-1,`9.90,`0.00,`ORIGINAL,`SUCCESS,", lines[3]);
        Assert.Equal("`3,`19.95,`9.90,`0.00,`0.00000,`19.95,`9.90", lines[5]);
        Assert.All(lines[1..4], line => Assert.Equal(lines[0].Split(',').Length, line.Split(",`").Length));
    }

    [Fact]
    public async Task A_bill_is_there_from_ten_in_the_morning_of_the_next_day_for_three_months()
    {
        await using var bench = await PayBench.Start();
        await bench.Sell("T-sold-0001");

        Assert.Equal("INVALID_REQUEST", (await bench.Get(Today)).Code);
        bench.Clock.Advance(TimeSpan.FromHours(22) - TimeSpan.FromSeconds(1));
        Assert.Equal("STATEMENT_CREATING", (await bench.Get(Today)).Code);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await bench.Get(Today)).Status);
        bench.Clock.Advance(TimeSpan.FromDays(92));
        Assert.Equal("INVALID_REQUEST", (await bench.Get(Today)).Code);
    }

    [Theory]
    [InlineData("bill_date=2026-03-01", "NO_STATEMENT_EXIST")] // nothing happened
    [InlineData("bill_date=20260301", "PARAM_ERROR")]
    [InlineData("bill_type=ALL", "PARAM_ERROR")]
    public async Task There_is_no_bill_of(string query, string code)
    {
        await using var bench = await PayBench.Start();

        Assert.Equal(code, (await bench.Get($"/v3/bill/tradebill?{query}")).Code);
    }

    [Fact]
    public async Task A_file_that_nobody_announced_is_not_there()
    {
        await using var bench = await PayBench.Start();

        Assert.Equal("NO_STATEMENT_EXIST", (await bench.Get("/v3/billdownload/file?token=guess")).Code);
    }
}

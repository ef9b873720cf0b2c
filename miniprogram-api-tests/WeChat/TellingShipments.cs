using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pond.Platform;
using Pond.Platform.WeChat;

namespace Pond.Tests.WeChat;

/// <summary>WeChat is told what was sent, and its answer is taken for what it says.</summary>
public sealed class TellingShipments : IAsyncLifetime
{
    private static readonly ShippingInfo Shipment = new(
        "4200000000202601010000000001", "o1", 1, [new("SF", "SF1234567890", "碧螺春 & 毛峰", "*******0000")], IsAll: true,
        new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly WeChat peer = new();
    private readonly CapturedLog log = new();
    private ServiceProvider services = null!;

    public Task InitializeAsync()
    {
        var wired = new ServiceCollection()
            .AddSingleton<TimeProvider>(new ImpatientClock())
            .AddSingleton<Dice>()
            .AddLogging(logging => logging.AddProvider(log))
            .AddWeChat(new() { AppId = WeChatBench.AppId, AppSecret = WeChatBench.AppSecret });
        wired.AddHttpClient(nameof(WeChatCalls)).ConfigurePrimaryHttpMessageHandler(() => peer);
        services = wired.BuildServiceProvider();
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => services.DisposeAsync().AsTask();

    [Fact]
    public async Task One_parcel_with_everything_is_told_as_a_whole()
    {
        Assert.True(await Upload(Shipment));

        Assert.Equal("/wxa/sec/order/upload_shipping_info?access_token=t1", peer.Uploads.Single().Path);
        Assert.Equal(
            """
            {"order_key":{"order_number_type":2,"transaction_id":"4200000000202601010000000001"},
            "logistics_type":1,"delivery_mode":1,"shipping_list":[{"tracking_no":"SF1234567890","express_company":"SF",
            "item_desc":"碧螺春 & 毛峰","contact":{"receiver_contact":"*******0000"}}],
            "upload_time":"2026-01-01T08:00:00.000+08:00","payer":{"openid":"o1"}}
            """.ReplaceLineEndings(""),
            peer.Uploads.Single().Body);
    }

    [Theory]
    [InlineData(1, true, 1, 1, null)]
    [InlineData(1, false, 1, 2, false)]
    [InlineData(1, true, 2, 2, true)]
    [InlineData(4, true, 1, 1, null)]
    [InlineData(4, false, 1, 1, null)] // parts there are by express alone
    public async Task Parts_are_told_as_parts(int logisticsType, bool isAll, int parcels, int mode, bool? isAllDelivered)
    {
        await Upload(Shipment with
        {
            LogisticsType = logisticsType,
            IsAll = isAll,
            Parcels = [.. Enumerable.Repeat(new ShippedParcel(null, null, "茶", null), parcels)],
        });

        var told = JsonNode.Parse(peer.Uploads.Single().Body)!;
        Assert.Equal((mode, isAllDelivered), ((int)told["delivery_mode"]!, (bool?)told["is_all_delivered"]));
        Assert.Equal("""{"item_desc":"茶"}""", told["shipping_list"]![0]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(10060002, true)] // sent as a whole before
    [InlineData(10060023, true)] // told to the letter before
    [InlineData(268440065, true)]
    [InlineData(10060003, false)]
    [InlineData(10060004, false)]
    [InlineData(10060014, false)]
    [InlineData(10060031, false)]
    [InlineData(268485226, false)]
    [InlineData(47001, false)]
    [InlineData(40003, false)]
    [InlineData(-1, null)]
    [InlineData(45009, null)]
    [InlineData(45011, null)]
    [InlineData(48001, null)]
    [InlineData(40164, null)]
    [InlineData(10060001, null)] // the payment has not arrived there yet
    [InlineData(10060012, null)]
    [InlineData(268485228, null)]
    [InlineData(40001, null)]
    public async Task The_outcome_is_told_by_the_errcode(int errCode, bool? expected)
    {
        peer.ErrCode = _ => errCode;

        Assert.Equal(expected, await Upload(Shipment));
    }

    [Fact]
    public async Task A_token_that_is_none_any_more_is_renewed_once()
    {
        peer.ErrCode = token => token == "t1" ? 42001 : 0;

        Assert.True(await Upload(Shipment));
        Assert.Equal(["t1", "t2"], peer.Uploads.Select(call => call.Path.Split('=')[1]));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_told_and_nobody_gives_up()
    {
        peer.Token = "{\"errcode\":40125,\"errmsg\":\"invalid appsecret\"}";

        Assert.Null(await Upload(Shipment));
        Assert.Empty(peer.Uploads);
    }

    [Fact]
    public async Task Neither_log_nor_text_tells_whose_it_is()
    {
        peer.ErrCode = _ => 10060014;
        await Upload(Shipment);

        Assert.Contains(log.Lines, line => line.Contains("10060014", StringComparison.Ordinal));
        foreach (var secret in (string[])["o1\"", "0000", "SF1234567890", "t1"])
            Assert.DoesNotContain(log.Lines.Append($"{Shipment} {Shipment.Parcels[0]}"), line => line.Contains(secret, StringComparison.Ordinal));
    }

    private Task<bool?> Upload(ShippingInfo info) =>
        services.GetRequiredService<ShippingInfos>().Upload(info, CancellationToken.None);

    private sealed class WeChat : HttpMessageHandler
    {
        private int tokens;

        public string? Token { get; set; }

        public Func<string, int> ErrCode { get; set; } = _ => 0;

        public List<(string Path, string Body)> Uploads { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.PathAndQuery;
            if (path.StartsWith("/cgi-bin/stable_token", StringComparison.Ordinal))
                return Answer(Token ?? $"{{\"access_token\":\"t{++tokens}\",\"expires_in\":7200}}");
            Uploads.Add((path, await request.Content!.ReadAsStringAsync(cancellationToken)));
            return Answer($"{{\"errcode\":{ErrCode(path.Split('=')[1])},\"errmsg\":\"rid: 1-2-3\"}}");
        }

        private static HttpResponseMessage Answer(string json) =>
            new() { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) };
    }
}

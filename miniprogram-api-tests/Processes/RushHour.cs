using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Pond.LocalHost.WeChatSandbox;
using Pond.Tests.Coupons;
using Pond.Tests.FaultInjection;
using Pond.Tests.Points;

namespace Pond.Tests.Processes;

/// <summary>One storage, one rush of shoppers, and processes that come and go.</summary>
internal sealed class RushHour : IAsyncDisposable
{
    private const int AmpleStock = 100_000;
    private const int ScarceStock = 60;
    private const int PageSize = 100;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pond-process-");
    private readonly SandboxServer weChat;
    private string ample = "";
    private string scarce = "";

    private readonly CommonStorage storage;

    private RushHour(CommonStorage storage, TimeProvider clock)
    {
        this.storage = storage;
        weChat = new SandboxServer(MiniProgramApi.WeChatAt(port: 0), clock);
    }

    public SandboxServer WeChat => weChat;

    public Rush Rush { get; private set; } = null!;

    public static async Task<RushHour> Open(CommonStorage? storage = null, TimeProvider? clock = null)
    {
        var hour = new RushHour(storage ?? CommonStorage.OneFile, clock ?? TimeProvider.System);
        await hour.weChat.StartAsync(CancellationToken.None);
        using var app = await hour.StartApp();
        var wish = new { name = "店长", roles = new[] { "owner" } };
        var owner = await Operate(app.Http, MiniProgramApi.BootstrapKey, HttpMethod.Post, "operators", wish);
        var key = (await owner.Json()).Text("key");
        hour.ample = await Publish(app.Http, key, AmpleStock, Rush.AmplePerMember);
        hour.scarce = await Publish(app.Http, key, ScarceStock, perMember: 1);
        hour.Rush = new Rush(hour.weChat, hour.ample, hour.scarce, key);
        app.AskToStop();
        Assert.Equal(0, await app.ExitCode());
        return hour;
    }

    public Task<AppProcess> StartApp() => AppProcess.Start(folder.FullName, weChat.Address, storage.Settings);

    /// <summary>
    /// One more host on the same storage, in this process: its clock starts at the present and can be moved. Storage
    /// that is busy with the others makes nobody fail who only looks.
    /// </summary>
    public async Task<MiniProgramApi> LookIn()
    {
        var api = await MiniProgramApi.Start(storage.Settings, dataPath: folder.FullName);
        api.Clock.MoveTo(TimeProvider.System.GetUtcNow());
        api.BePatient();
        return api;
    }

    /// <summary>Looks at what the processes left behind.</summary>
    public async Task AssertNothingLostAndNothingTwice()
    {
        await using var api = await LookIn();
        await api.Settle(storage);

        var wallets = new Dictionary<string, string[]>();
        foreach (var (shopper, memberId) in Rush.MemberIds)
        {
            var phone = await api.LogIn(shopper);
            Assert.Equal(memberId, phone.MemberId);
            var coupons = await phone.AllPages("/api/me/coupons", PageSize);
            wallets[shopper] = [.. coupons.Select(coupon => coupon.Text("couponId"))];
            AssertWallet(shopper, wallets[shopper]);
            AssertLedger(shopper, await phone.Entries());
        }

        Books.AssertBalanced(await storage.Rows(api));

        var claimed = ClaimsOf(ample).Length;
        Assert.Equal((claimed, AmpleStock - claimed), await api.StockOf(ample));
        Assert.Equal((ClaimsOf(scarce).Length, ScarceStock - ClaimsOf(scarce).Length), await api.StockOf(scarce));
        Assert.Equal(wallets.Values.Sum(wallet => wallet.Length), ClaimsOf(ample).Length + ClaimsOf(scarce).Length);
    }

    public async ValueTask DisposeAsync()
    {
        await weChat.StopAsync(CancellationToken.None);
        await weChat.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private void AssertWallet(string shopper, string[] wallet)
    {
        var told = ClaimsOf(ample).Concat(ClaimsOf(scarce)).Where(wish => wish.Shopper == shopper).ToList();
        Assert.Equal(told.Select(wish => wish.Answer.Text("couponId")).Order(), wallet.Order());
        Assert.InRange(told.Count(wish => wish.Path.Contains(ample, StringComparison.Ordinal)), 0, Rush.AmplePerMember);
        foreach (var refused in Rush.Answered.Where(wish => wish.Shopper == shopper && wish.Code is not null))
        {
            Assert.True(
                refused.Code is "coupon.limit_reached" or "coupon.sold_out" or "points.insufficient", refused.Code);
        }
    }

    private void AssertLedger(string shopper, JsonElement[] entries)
    {
        var told = Rush.Answered.Where(wish => wish.Shopper == shopper && wish.Status is HttpStatusCode.Created)
            .Select(wish => wish.Answer.Whole(wish.Path == Rush.CheckIns ? "rewardPoints" : "points"));
        Assert.Equal(told.Order(), entries.Select(entry => entry.Whole("points")).Order());
    }

    /// <summary>Claims that were answered with a coupon.</summary>
    private Wish[] ClaimsOf(string templateId) =>
    [
        .. Rush.Answered.Where(wish => wish.Status is HttpStatusCode.Accepted
            && wish.Path.Contains(templateId, StringComparison.Ordinal)),
    ];

    private static async Task<string> Publish(HttpClient http, string key, int stock, int perMember)
    {
        var template = Some.OpenTemplate(stock, perMember);
        var drafted = await Operate(http, key, HttpMethod.Post, "coupon-templates", template);
        var templateId = (await drafted.Json()).GetProperty("offer").Text("templateId");
        await Operate(http, key, HttpMethod.Put, $"coupon-templates/{templateId}/state", new { state = "published" });
        return templateId;
    }

    private static async Task<HttpResponseMessage> Operate(
        HttpClient http, string key, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, "/api/operator/" + path);
        request.Headers.Authorization = new("Bearer", key);
        request.Headers.Add("Idempotency-Key", Phone.NewKey());
        request.Content = JsonContent.Create(body);
        return (await http.SendAsync(request)).EnsureSuccessStatusCode();
    }
}

using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pond.LocalHost.WeChatSandbox;
using Pond.Members;
using Pond.Payments;
using Pond.Platform.Storage;
using Pond.Tests.Coupons;
using Pond.Tests.Members;
using Pond.Tests.OpenApi;
using Pond.Tests.Orders;
using Pond.Tests.WeChat;

namespace Pond.Tests.Http;

/// <summary>
/// Canaries: while things go well, and while they go wrong, neither a person's data nor a secret of the app shows up
/// in a log of any level, in a refusal, in a message, or in the clear in a row.
/// </summary>
[Rule("AUTH-09")]
public sealed class KeepingSecrets : IAsyncLifetime
{
    private const string Shopper = "canary";

    /// <summary>Of a person: name, number, address, birthday, unionid.</summary>
    private static readonly string[] OfPerson =
        ["金丝雀CANARY", "13911112222", "13911113333", "笼中巷九号", "1985-06-07", "uCanaryUnion01"];

    private readonly CapturedLog log = new();
    private readonly List<string> secrets = [];
    private readonly List<string> inPaths = [];
    private readonly List<string> refusals = [];
    private readonly List<string> messages = [];
    private HostileApp app = null!;
    private MiniProgramApi api = null!;
    private Phone phone = null!;
    private string? head;

    public async Task InitializeAsync()
    {
        app = new HostileApp
        {
            Change = services => services.AddLogging(
                logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log)),
        };
        await app.InitializeAsync();
        api = app.Api;
        api.Sandbox.Shoppers.Bind(Shopper, OfPerson[^1]);
        secrets.AddRange(
        [
            Shoppers.OpenIdOf(MiniProgramApi.AppId, Shopper), MiniProgramApi.AppSecret, MiniProgramApi.BootstrapKey,
            MerchantAccount.ApiV3Key, MerchantAccount.PrivateKey[40..100], Convert.ToBase64String(HostileApp.SigningSecret),
            app.Owner.AccessToken, app.Alice.AccessToken, app.Alice.RefreshToken, app.Bob.RefreshToken,
        ]);
        await LogIn();
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        log.Dispose();
    }

    [Fact]
    public async Task No_canary_gets_out_of_its_cage()
    {
        await LiveAnOrdinaryLife();
        await MeetFailuresOfWeChat();
        await SendWhatIsRefused();
        await MeetABrokenRow();
        KeepMessages();
        await api.Deliver();
        await api.Fire(nameof(GoOnWithRefunds));

        Assert.InRange(refusals.Count, 400, int.MaxValue);
        Assert.InRange(messages.Count, 5, int.MaxValue);
        Assert.InRange(log.Lines.Count, 100, int.MaxValue);
        string[] canaries = [.. OfPerson, .. secrets];
        string[] kept = [.. StoredRow.All(api).Select(row => $"{row.Partition} {row.Key} {row.Data}")];
        AssertSilent("a refusal", refusals, canaries);
        AssertSilent("a message", messages, canaries);
        AssertSilent("a row", kept, canaries);
        AssertSilent("a log", log.Lines, [.. canaries, "session_key"]);

        // The web server keeps the path at hand for those who ask for scopes; nothing that is written holds it.
        var written = log.Lines.Where(line => !line.StartsWith("Scope ", StringComparison.Ordinal));
        AssertSilent("a log", written, inPaths);
        AssertSilent("a row", kept, inPaths);
    }

    private async Task LogIn()
    {
        var code = api.Sandbox.Codes.Issue(Shopper);
        var session = await (await api.LogInWith(code)).Json();
        phone = new Phone(api, session.Text("memberId"), session.Text("accessToken"), session.Text("refreshToken"));
        phone = await phone.Refreshed();
        secrets.AddRange([code, phone.AccessToken, phone.RefreshToken, session.Text("accessToken"), session.Text("refreshToken")]);
    }

    private async Task LiveAnOrdinaryLife()
    {
        (await phone.Put("/api/me", new { nickname = OfPerson[0], birthday = OfPerson[4] })).EnsureSuccessStatusCode();
        (await phone.BindPhone(Shopper, OfPerson[1])).EnsureSuccessStatusCode();
        var added = await phone.Post("/api/me/addresses", AddressBody());
        var wish = new Wish(await api.Product(weightGrams: 80)) { AddressId = (await added.Json()).Text("addressId") };
        var orderId = await phone.Bought(wish);
        await phone.AskBack(orderId, [(1, 1)]);
        await app.Owner.Post($"/api/operator/orders/{orderId}/delivery-views", new { reason = "打印面单" });
        await api.Decide(orderId, 1);
        await app.Owner.Get($"/api/operator/members/{phone.MemberId}");
        await phone.Get("/api/me/export");
        var template = Some.Template(stock: 10, perMember: 5);
        template["transferable"] = true;
        var templateId = await api.PublishTemplate(template);
        var code = (await api.CodesOf(templateId, 1)).Single();
        (await phone.Post(CodeSteps.RedemptionsOf(code))).EnsureSuccessStatusCode();
        var coupon = await (await phone.Post(CouponSteps.ClaimsOf(templateId))).Json();
        KeepMessages();
        await api.Deliver();
        var gift = await (await phone.Post($"/api/me/coupons/{coupon.Text("couponId")}/gifts")).Json();
        await api.SetStatus(phone.MemberId, "frozen");
        await api.SetStatus(phone.MemberId, "active");
        inPaths.AddRange([code, gift.Text("token")]);
    }

    private async Task MeetFailuresOfWeChat()
    {
        var wish = new Wish(await api.Product());
        foreach (var kind in Enum.GetValues<FailureKind>().Except([FailureKind.Hang, FailureKind.Delay]))
        {
            foreach (var path in new[] { "/sns/jscode2session", "/wxa/business/getuserphonenumber", "/v3/pay/transactions/jsapi" })
                api.Sandbox.Failures.Add(new Failure(path, kind));
            var (code, phoneCode) = (api.Sandbox.Codes.Issue(Shopper), api.Sandbox.PhoneCodes.Issue(Shopper));
            secrets.AddRange([code, phoneCode]);
            await Keep(await api.LogInWith(code));
            await Keep(await phone.Post("/api/me/phone", new { code = phoneCode }));
            await Keep(await phone.StartPaying(await phone.Placed(wish)));
            api.Sandbox.Failures.Clear();
        }
    }

    // Bodies that hold canaries and are broken, too long, or of fields that nobody knows.
    private async Task SendWhatIsRefused()
    {
        var canary = string.Join(' ', OfPerson);
        foreach (var operation in app.WithBody)
        {
            var valid = app.BodyOf(operation);
            foreach (var field in operation.Fields.Keys)
            {
                var body = valid.DeepClone().AsObject();
                body[field] = new System.Text.Json.Nodes.JsonArray(OfPerson[1], OfPerson[0]);
                await Refuse(operation, body.ToJsonString());
            }

            valid[OfPerson[0]] = canary;
            await Refuse(operation, valid.ToJsonString());
            await Refuse(operation, $"{{\"code\":\"{canary}");
            await Refuse(operation, $"{{\"{canary}\":{phone.RefreshToken}");
        }

        foreach (var path in new[] { NotifyPayment.Path, NotifyRefund.Path })
        {
            var operation = app.Operations.Single(each => path.EndsWith(each.Path, StringComparison.Ordinal));
            await Refuse(operation, $"{{\"id\":\"{canary}\",\"resource\":\"{MerchantAccount.ApiV3Key}\"}}");
        }

        foreach (var token in secrets.ToArray())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}x");
            await Keep(await api.Http.SendAsync(request));
            await Keep(await api.Refresh(token + "x"));
        }
    }

    private void KeepMessages() => messages.AddRange(StoredRow.Messages(api).Select(row => row.Data));

    private async Task Refuse(ApiOperation operation, string body)
    {
        using var request = app.Request(operation);
        request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        await Keep(await api.Http.SendAsync(request));
    }

    private async Task MeetABrokenRow()
    {
        var before = await api.Store.Find(MemberRows.Partition(phone.MemberId), MemberRows.Head, CancellationToken.None);
        foreach (var broken in new[] { $"\"{OfPerson[1]}\"", $"{{\"id\":{OfPerson[1]}", $"{{\"{OfPerson[0]}\":\"{OfPerson[3]}\"}}" })
        {
            before = await Replace(before!, broken);
            await Keep(await phone.Get("/api/me"));
            await Keep(await phone.Post("/api/me/check-ins"));
        }

        await Replace(before!, head!);
    }

    private async Task<Row> Replace(Row row, string data)
    {
        head ??= row.Data;
        var partition = MemberRows.Partition(phone.MemberId);
        Assert.IsType<CommitOutcome.Committed>(
            await api.Store.Commit(partition, [new Write.Replace(row.Key, data, row.ETag)], CancellationToken.None));
        return (await api.Store.Find(partition, row.Key, CancellationToken.None))!;
    }

    private async Task Keep(HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode >= 400) refusals.Add($"{answer.Headers} {await answer.Content.ReadAsStringAsync()}");
        answer.Dispose();
    }

    private static System.Text.Json.Nodes.JsonObject AddressBody()
    {
        var body = RequestExamples.Of(nameof(AddAddress));
        (body["userName"], body["telNumber"], body["detailInfo"]) = (OfPerson[0], OfPerson[2], OfPerson[3]);
        return body;
    }

    private static void AssertSilent(string place, IEnumerable<string> texts, IReadOnlyList<string> canaries)
    {
        var all = texts.ToArray();
        foreach (var canary in canaries)
        {
            var told = all.FirstOrDefault(text => text.Contains(canary, StringComparison.Ordinal));
            Assert.True(told is null, $"{canary} is in {place}: {told?[..Math.Min(told.Length, 600)]}");
        }
    }
}

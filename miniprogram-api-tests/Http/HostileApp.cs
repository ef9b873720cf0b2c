using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pond.Bargains;
using Pond.Coupons;
using Pond.FlashSales;
using Pond.GroupBuys;
using Pond.Kernel;
using Pond.Leaderboards;
using Pond.Members;
using Pond.Operators;
using Pond.Orders;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Points;
using Pond.Pricing;
using Pond.Products;
using Pond.Referrals;
using Pond.Reminders;
using Pond.Shares;
using Pond.Tests.Activities;
using Pond.Tests.Bargains;
using Pond.Tests.Channels;
using Pond.Tests.Coupons;
using Pond.Tests.ExportJobs;
using Pond.Tests.FlashSales;
using Pond.Tests.GroupBuys;
using Pond.Tests.Leaderboards;
using Pond.Tests.Members;
using Pond.Tests.OpenApi;
using Pond.Tests.Orders;
using Pond.Tests.Points;
using Pond.Tests.Pricing;
using Pond.Tests.Products;
using Pond.Tests.Promotions;
using Pond.Tests.Referrals;
using Pond.Tests.Shares;
using Pond.Tests.Tags;
using Pond.Tiers;

namespace Pond.Tests.Http;

/// <summary>An app with a few people and things in it, for tests that try to break it.</summary>
public sealed class HostileApp : IAsyncLifetime
{
    /// <summary>No zeros: to HMAC, shorter and longer keys of zeros are the same.</summary>
    public static readonly byte[] SigningSecret = [.. Enumerable.Range(1, 32).Select(i => (byte)(i * 7))];

    public MiniProgramApi Api { get; private set; } = null!;

    /// <summary>Replaces services, or null.</summary>
    public Action<IServiceCollection>? Change { get; init; }

    public IReadOnlyList<ApiOperation> Operations { get; private set; } = [];

    public IEnumerable<ApiOperation> WithBody => Operations.Where(operation => operation.Fields.Count > 0);

    public Phone Alice { get; private set; } = null!;

    public Phone Bob { get; private set; } = null!;

    /// <summary>An owner with a key of their own.</summary>
    public Phone Owner { get; private set; } = null!;

    public string OwnerId { get; private set; } = "";

    internal OpenGroupBuy GroupBuy { get; private set; } = null!;

    /// <summary>Led by Bob.</summary>
    public string GroupId { get; private set; } = "";

    public string TemplateId { get; private set; } = "";

    private string draftId = "";
    private string batchId = "";
    private string endedId = "";
    private string promotionId = "";
    private string planId = "";
    private string freightId = "";
    private string skuId = "";
    private string importId = "";
    private string exportId = "";
    private string flashSaleId = "";
    private string inviteOnlyId = "";
    private string claimId = "";
    private string claimOfBob = "";
    private Wish wish = new("");
    private string quoteToken = "";
    private string orderId = "";
    private string orderOfBob = "";
    private string ticketId = "";
    private string activityId = "";
    private string openingId = "";
    private string attemptId = "";
    private string attemptOfBob = "";
    private string shareToken = "";
    private string leaderboardId = "";
    private string endedBoardId = "";
    private string referralId = "";
    private string tagId = "";
    private string channelId = "";
    private Dictionary<string, string> orderIds = [];

    /// <summary>A coupon in Bob's wallet.</summary>
    public string CouponId { get; private set; } = "";

    /// <summary>Alice's.</summary>
    public string AddressId { get; private set; } = "";

    /// <summary>Bob's.</summary>
    public string AnothersAddressId { get; private set; } = "";

    /// <summary>Two that wait: one to approve, one to reject.</summary>
    public string[] AdjustmentIds { get; private set; } = [];

    public async Task InitializeAsync()
    {
        Api = await MiniProgramApi.Start(
            new Dictionary<string, string>
            {
                ["Session:SigningKeys:0:Secret"] = Convert.ToBase64String(SigningSecret),
            },
            Change);
        Operations = await ApiOperation.All();
        Api.Clock.MoveTo(HandClock.Start.AddDays(-1)); // so that Alice has missed a day
        await BringFriends(await Api.LogIn("alice"));
        Api.Clock.MoveTo(HandClock.Start);
        await Api.Fire(nameof(RewardReferrals));
        (Alice, Bob) = (await Api.LogIn("alice"), await Api.LogIn("bob"));
        (await Alice.BindPhone("alice")).EnsureSuccessStatusCode();
        var owner = await (await Api.Operator().Post(
            "/api/operator/operators", new { name = "店主", roles = new[] { "owner" } })).Json();
        (OwnerId, Owner) = (owner.Text("operatorId"), Api.Operator(owner.Text("key")));
        await Api.SetCheckInProgramme(RequestExamples.Of(nameof(ChangeCheckInProgramme)));
        TemplateId = await Api.PublishTemplate(stock: 100, perMember: 5);
        draftId = await Api.DraftTemplate(Some.Template());
        batchId = await Api.MakeCodes(TemplateId, 3);
        CouponId = (await (await Bob.Post(CouponSteps.ClaimsOf(TemplateId))).Json()).Text("couponId");
        (AddressId, AnothersAddressId) = (await AddAddress(Alice), await AddAddress(Bob));
        AdjustmentIds =
        [
            (await Api.AskFor(Alice, 20_000)).Text("adjustmentId"), (await Api.AskFor(Alice, 20_000)).Text("adjustmentId"),
        ];
        (await Owner.Put("/api/operator/tiers", RequestExamples.Of(nameof(ReplaceTiers)))).EnsureSuccessStatusCode();
        var product = ProductSteps.Product("biluochun", ProductSteps.Sku("biluochun-50"));
        (await Api.Create(product)).EnsureSuccessStatusCode();
        importId = (await (await Owner.Import("spuId,skuId\nbiluochun,x")).Json()).Text("importId");
        exportId = await Api.OrderTable("channels");
        wish = new Wish(await Api.Product(weightGrams: 80)) { AddressId = await Alice.Address() };
        (orderId, quoteToken) = (await Alice.Placed(wish), (await Alice.Quote(wish)).Text("token"));
        orderOfBob = await Bob.Placed(wish with { AddressId = await Bob.Address() });
        orderIds = await OrdersAlongTheWay();
        ticketId = await OpenTicket();
        await Api.Deliver();
        endedId = await EndedCoupon();
        promotionId = await Api.Draft(Api.Promotion());
        planId = await Api.DraftPlan(Api.Plan());
        skuId = await Api.Sell(stock: 100);
        (flashSaleId, inviteOnlyId) = (await Api.Drop(skuId: skuId, perMember: 5), await Api.Drop(skuId: skuId, isInviteOnly: true));
        claimId = (await (await Alice.Claim(flashSaleId, addressId: AddressId)).Json()).Text("claimId");
        claimOfBob = (await (await Bob.Claim(flashSaleId, addressId: AnothersAddressId)).Json()).Text("claimId");
        activityId = await Api.PublishBargain(Api.Bargain(await Api.Product(), mode: "buyAnyTime"));
        openingId = await Api.PublishBargain(
            Api.Bargain(await Api.Product()).With("startsAt", Api.Clock.GetUtcNow().AddDays(1)));
        (attemptId, attemptOfBob) = (await Alice.Attempt(activityId), await Bob.Attempt(activityId));
        GroupBuy = await Api.GroupBuy(body => body["ordersPerMemberMax"] = 10, steps: (20, 0));
        (GroupId, _) = await Bob.Led(GroupBuy);
        shareToken = await Alice.ShareToken("product", ProductSteps.SpuOf(skuId));
        var freight = await Owner.Post(PricingSteps.FreightPath, RequestExamples.Of(nameof(CreateFreightTemplate)));
        freightId = (await freight.Json()).Text("freightId");
        tagId = await Api.Tag("没用过");
        (await Api.PutOn(Bob.MemberId, await Api.Tag("茶友"))).EnsureSuccessStatusCode();
        channelId = (await Api.Channel()).Text("channelId");
        (await Alice.Post($"/api/shares/{shareToken}/code")).EnsureSuccessStatusCode();
        (await Owner.Post($"/api/operator/channels/{channelId}/code")).EnsureSuccessStatusCode();
        await Api.Deliver();
    }

    public async Task DisposeAsync() => await Api.DisposeAsync();

    /// <summary>One more than the programme trusts: somebody has to look at the last.</summary>
    private async Task BringFriends(Phone referrer)
    {
        leaderboardId = await Api.Leaderboard();
        endedBoardId = await Api.Leaderboard(days: 1); // over when everything else begins
        (await Api.Operator().Put(
            ReferralSteps.ProgrammePath, RequestExamples.Of(nameof(ChangeReferralProgramme)))).EnsureSuccessStatusCode();
        var (code, tea) = (await referrer.InviteCode(), await Api.Product());
        foreach (var friend in new[] { "carol", "dan" }) await Api.BringBuyer(friend, code, tea);
        var dan = await Api.LogIn("dan");
        referralId = referrer.MemberId + dan.MemberId;
    }

    private static async Task<string> AddAddress(Phone phone) =>
        (await (await phone.Post("/api/me/addresses", RequestExamples.Of(nameof(Pond.Members.AddAddress)))).Json())
        .Text("addressId");

    /// <summary>Orders of Alice's that are as far as each operation wants them.</summary>
    private async Task<Dictionary<string, string>> OrdersAlongTheWay()
    {
        var (asked, returning) = (await Bought(), await Bought());
        (await Alice.AskBack(asked, [(1, 1)])).EnsureSuccessStatusCode();
        (await Api.Ship(returning)).EnsureSuccessStatusCode();
        (await Alice.AskBack(returning, [(1, 1)], "returnGoods")).EnsureSuccessStatusCode();
        (await Api.Decide(returning, 1)).EnsureSuccessStatusCode();
        return new Dictionary<string, string>
        {
            [nameof(ShowDelivery)] = asked,
            [nameof(DecideRefund)] = asked,
            [nameof(SendBackGoods)] = returning,
            [nameof(AskRefund)] = await Bought(),
            [nameof(GiveRefund)] = await Bought(),
            [nameof(ShipOrder)] = await Bought(),
        };
    }

    private async Task<string> Bought()
    {
        (string, int)[] wants = [(wish.SkuId, 1), (await Api.Product(weightGrams: 80), 1)];
        var bought = await Alice.BoughtAll(wants, addressId: wish.AddressId);
        await Api.Deliver();
        return bought;
    }

    /// <summary>WeChat has told of money under a number that is not the shop's.</summary>
    private async Task<string> OpenTicket()
    {
        var news = new PaymentNews("strange-1", "4200000001", 100, PaymentRules.Currency, "", HandClock.Start);
        var ticket = PaymentTicket.Of(TicketKind.StrangePayment, news, HandClock.Start);
        await Api.Services.GetRequiredService<Transactor>().Run(
            TicketRows.Ticket(ticket.Id, ticket.OpenedAt),
            new Operation(nameof(OpenTicket), ticket.Id, Fingerprint: null),
            (known, _) => TicketRules.Hear(known, ticket),
            CancellationToken.None);
        return ticket.Id;
    }

    /// <summary>A coupon of Bob's whose time was over yesterday.</summary>
    private async Task<string> EndedCoupon()
    {
        var (partition, yesterday) = (MemberRows.Partition(Bob.MemberId), HandClock.Start.AddDays(-1));
        var coupon = await Api.Store.Find<Coupon>(partition, WalletRows.Row(CouponId), CancellationToken.None);
        var ended = coupon! with { Id = CouponIds.Of(yesterday, CouponId), ValidUntil = yesterday };
        await Api.Store.Commit(
            partition, [new Write.Insert(WalletRows.Row(ended.Id), Stored.Write(ended))], CancellationToken.None);
        return ended.Id;
    }

    /// <summary>The path with things that exist.</summary>
    public string PathOf(ApiOperation operation) => PathOf(operation, isOfAnother: false);

    /// <param name="isOfAnother">With Bob's order in place of Alice's; coupons are always Bob's.</param>
    private string PathOf(ApiOperation operation, bool isOfAnother) => operation.Path
        .Replace(
            "{orderId}",
            isOfAnother ? orderOfBob : orderIds.GetValueOrDefault(operation.Id, orderId),
            StringComparison.Ordinal)
        .Replace("{ticketId}", ticketId, StringComparison.Ordinal)
        .Replace("{templateId}", IsOfDraft(operation) ? draftId : TemplateId, StringComparison.Ordinal)
        .Replace("{couponId}", operation.Id == nameof(ReissueCoupon) ? endedId : CouponId, StringComparison.Ordinal)
        .Replace("{addressId}", AddressId, StringComparison.Ordinal)
        .Replace("{batchId}", batchId, StringComparison.Ordinal)
        .Replace("{code}", CodeForms.Of(0), StringComparison.Ordinal)
        .Replace(
            "{token}", OfShares.Contains(operation.Id) ? shareToken : new string('0', 26), StringComparison.Ordinal)
        .Replace(
            "{memberId}",
            operation.Id == nameof(AssignTier) ? Alice.MemberId : Bob.MemberId, // another call may freeze Bob
            StringComparison.Ordinal)
        .Replace(
            "{leaderboardId}",
            operation.Id == nameof(SettleLeaderboard) ? endedBoardId : leaderboardId,
            StringComparison.Ordinal)
        .Replace("{referralId}", referralId, StringComparison.Ordinal)
        .Replace("{tagId}", tagId, StringComparison.Ordinal)
        .Replace("{channelId}", channelId, StringComparison.Ordinal)
        .Replace("{activityId}", activityId, StringComparison.Ordinal)
        .Replace(
            "{promotionId}",
            operation.Path.Contains("/price-promotions/", StringComparison.Ordinal) ? promotionId : planId,
            StringComparison.Ordinal)
        .Replace("{freightId}", freightId, StringComparison.Ordinal)
        .Replace("{operatorId}", OwnerId, StringComparison.Ordinal)
        .Replace(
            "{adjustmentId}", AdjustmentIds[operation.Id == nameof(RejectAdjustment) ? 1 : 0], StringComparison.Ordinal)
        .Replace("{spuId}", "biluochun", StringComparison.Ordinal)
        .Replace("{skuId}", "biluochun-50", StringComparison.Ordinal)
        .Replace("{shard}", "0", StringComparison.Ordinal)
        .Replace("{importId}", importId, StringComparison.Ordinal)
        .Replace("{exportId}", exportId, StringComparison.Ordinal)
        .Replace(
            "{flashSaleId}", operation.Id == nameof(IssueFCodes) ? inviteOnlyId : flashSaleId, StringComparison.Ordinal)
        .Replace("{claimId}", isOfAnother ? claimOfBob : claimId, StringComparison.Ordinal)
        .Replace("{queue}", OperatorMessages.AuditQueue, StringComparison.Ordinal)
        .Replace("{day}", operation.Id == nameof(CompareBill) ? "2026-03-01" : "2026-03-02", StringComparison.Ordinal)
        .Replace(
            "{attemptId}",
            isOfAnother || operation.Id == nameof(HelpAttempt) ? attemptOfBob : attemptId,
            StringComparison.Ordinal)
        .Replace("{occasion}", "announcement", StringComparison.Ordinal)
        .Replace("{groupBuyId}", GroupBuy.ActivityId, StringComparison.Ordinal)
        .Replace("{groupId}", GroupId, StringComparison.Ordinal)
        .Replace("{number}", "1", StringComparison.Ordinal);

    private static readonly string[] OfShares =
        [nameof(GetShare), nameof(OpenShare), nameof(OrderShareCode), nameof(GetShareCode)];

    /// <summary>Whatever is on a template's own path: a published one takes no other terms.</summary>
    private static bool IsOfDraft(ApiOperation operation) =>
        operation.Path.EndsWith("/{templateId}", StringComparison.Ordinal);

    /// <summary>The credential that the operation asks for, or null.</summary>
    public string? CredentialOf(ApiOperation operation) => operation.Caller switch
    {
        "member" => Alice.AccessToken,
        "operator" => Owner.AccessToken,
        _ => null,
    };

    /// <summary>A body that the operation would take, with things that exist.</summary>
    public JsonObject BodyOf(ApiOperation operation)
    {
        var body = RequestExamples.Of(operation.Id);
        if (operation.Id == nameof(StartSession)) body["code"] = Api.Sandbox.Codes.Issue("carol");
        if (operation.Id is nameof(BindPhone) or nameof(MergeMembers))
            body["code"] = Api.Sandbox.PhoneCodes.Issue("alice");
        if (operation.Id == nameof(RefreshSession)) body["refreshToken"] = Bob.RefreshToken;
        if (operation.Id == nameof(PlaceOrder))
        {
            body["lines"]![0]!["skuId"] = wish.SkuId;
            body["lines"]![0]!["quantity"] = wish.Quantity;
            (body["addressId"], body["quoteToken"]) = (wish.AddressId, quoteToken);
        }

        if (operation.Id == nameof(AdjustPoints)) body["memberId"] = Alice.MemberId;
        if (operation.Id is nameof(CreateFlashSale) or nameof(PreviewFlashSale)) body["skuId"] = skuId;
        if (operation.Id == nameof(ClaimSlot)) body["addressId"] = AddressId;
        if (operation.Id is nameof(CreateGroupBuy) or nameof(PreviewGroupBuy)) body["goods"]![0]!["skuId"] = skuId;
        if (operation.Id is nameof(StartGroup) or nameof(JoinGroup)) body["skuId"] = GroupBuy.SkuId;
        if (operation.Id is nameof(CreateBargain) or nameof(PreviewBargain)) body["skuId"] = skuId;
        if (operation.Id == nameof(RemindOfOpening)) body["objectId"] = openingId;
        if (operation.Id == nameof(ShareThing)) body["id"] = ProductSteps.SpuOf(skuId);
        if (operation.Id == nameof(QuoteCart)) body["lines"]![0]!["skuId"] = skuId;
        if (operation.Id == nameof(ChangeCouponTemplateState)) body["state"] = "paused";
        return body;
    }

    /// <summary>Sends a body, with everything else about the request in order.</summary>
    public Task<RawAnswer> Send(ApiOperation operation, string body) => Send(operation, Encoding.UTF8.GetBytes(body));

    public async Task<RawAnswer> Send(
        ApiOperation operation, byte[] body, string contentType = "application/json")
    {
        using var request = Request(operation);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await Send(request);
    }

    /// <summary>Sends it as bytes, in order but for what is given.</summary>
    /// <param name="headers">Header lines more; empty for none.</param>
    /// <param name="key">The line of the idempotency key; a good one when null, none when empty.</param>
    public Task<RawAnswer> Raw(ApiOperation operation, string? path = null, string headers = "", string? key = null)
    {
        var (type, text) = operation.Id == nameof(ImportProducts) ? (Csv.MediaType, RequestExamples.Csv)
            : ("application/json", operation.Fields.Count == 0 ? "" : BodyOf(operation).ToJsonString());
        var body = Encoding.UTF8.GetBytes(text);
        string[] lines =
        [
            $"{operation.Method} {path ?? PathOf(operation)} HTTP/1.1", $"Content-Type: {type}",
            $"Content-Length: {body.Length}", headers,
            CredentialOf(operation) is { } credential ? $"Authorization: Bearer {credential}" : "",
            key ?? (operation.NeedsKey ? $"Idempotency-Key: {Phone.NewKey()}" : ""),
        ];
        return RawHttp.Send(Api.Address, string.Join("\r\n", lines.Where(line => line != "")), body);
    }

    /// <summary>A request without a body, in order.</summary>
    public HttpRequestMessage Request(ApiOperation operation, string query = "", bool isOfAnother = false)
    {
        var request = new HttpRequestMessage(operation.Method, PathOf(operation, isOfAnother) + query);
        if (CredentialOf(operation) is { } credential)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        if (operation.NeedsKey) request.Headers.Add("Idempotency-Key", Phone.NewKey());
        return request;
    }

    public async Task<RawAnswer> Send(HttpRequestMessage request)
    {
        using var answer = await Api.Http.SendAsync(request);
        return await RawAnswer.Of(answer);
    }

    /// <summary>A hash of every stored row, versions included: equal when nothing was written in between.</summary>
    /// <remarks>Hints do not count: they say where work may be left, before anybody knows whether any is.</remarks>
    public Task<string> Rows() => Api.Services.GetRequiredService<SqliteDatabase>().Read(session =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var rows = session.Query(
            """
            SELECT partition, key, etag, data FROM stored_row
            WHERE partition NOT LIKE '__:due:%' AND partition <> 'health' ORDER BY 1, 2
            """);
        while (rows.Read())
        {
            for (var column = 0; column < rows.FieldCount; column++)
                hash.AppendData(Encoding.UTF8.GetBytes(rows.GetValue(column) + "\n"));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }, CancellationToken.None);
}

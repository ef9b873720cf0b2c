using System.Net.Http.Headers;
using Pond.Coupons;
using Pond.Members;
using Pond.Operators;
using Pond.Orders;
using Pond.Platform;
using Pond.Pricing;
using Pond.Products;
using Pond.Tags;
using Pond.Tests.Coupons;
using Pond.Tests.Members;
using Pond.Tests.OpenApi;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;
using Pond.Tests.Products;

namespace Pond.Tests.Http;

/// <summary>
/// What shows only over several calls: use after the end, things of others, things under a parent that is not theirs,
/// and what a failed creation leaves.
/// </summary>
public sealed class HostileHistories : IAsyncLifetime
{
    private readonly HostileApp app = new();
    private MiniProgramApi api = null!;

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        api = app.Api;
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Theory, InlineData(nameof(EndSession)), InlineData(nameof(DeleteMe))]
    public async Task Whoever_has_signed_out_or_left_can_use_nothing_any_more(string how)
    {
        var cases = new HostileCases("Gone callers");
        var goner = await api.LogIn("goner");
        (await goner.Delete(how == nameof(EndSession) ? "/api/session" : "/api/me")).EnsureSuccessStatusCode();
        await api.Deliver();
        var rows = await app.Rows();

        foreach (var operation in app.Operations.Where(each => each.Caller == "member"))
            cases.MustRefuse($"{operation} after {how}", await SendAs(goner.AccessToken, operation), "", IsSignedOut);
        cases.MustRefuse("refresh", await RawAnswer.Of(await api.Refresh(goner.RefreshToken)), "", IsSignedOut);

        Assert.Equal(rows, await app.Rows());
        cases.Done();
    }

    [Fact]
    public async Task An_operator_who_was_revoked_can_use_nothing_any_more()
    {
        var cases = new HostileCases("Gone operators");
        var leaver = new { name = "前店长", roles = new[] { "owner" } };
        var made = await (await app.Owner.Post("/api/operator/operators", leaver)).Json();
        (await app.Owner.Delete($"/api/operator/operators/{made.Text("operatorId")}")).EnsureSuccessStatusCode();
        await api.Deliver();
        var rows = await app.Rows();

        foreach (var operation in app.Operations.Where(each => each.Caller == "operator"))
            cases.MustRefuse($"{operation}", await SendAs(made.Text("key"), operation), "", IsSignedOut);

        Assert.Equal(rows, await app.Rows());
        cases.Done();
    }

    [Fact]
    public async Task What_was_removed_cancelled_or_revoked_cannot_be_used()
    {
        var (cases, alice) = (new HostileCases("Gone things"), app.Alice);
        var addressId = await alice.Address();
        var skuId = await api.Product(weightGrams: 80);
        (await alice.Delete($"/api/addresses/{addressId}")).EnsureSuccessStatusCode();
        var terms = Some.Template(stock: 10, perMember: 9);
        terms["transferable"] = true;
        var templateId = await api.PublishTemplate(terms);
        var batchId = await api.MakeCodes(templateId, 1);
        var code = (await (await api.ExportCodes(templateId, batchId)).Codes()).Single();
        (await app.Owner.Post($"{CodeSteps.BatchesOf(templateId)}/{batchId}/revocation", new { reason = "印错" })).EnsureSuccessStatusCode();
        var couponId = (await (await alice.Post(CouponSteps.ClaimsOf(templateId))).Json()).Text("couponId");
        await api.Deliver();
        var token = (await (await alice.Post($"/api/me/coupons/{couponId}/gifts")).Json()).Text("token");
        await api.Deliver();
        (await alice.Delete($"/api/me/coupons/{couponId}/gifts")).EnsureSuccessStatusCode();
        await api.Deliver();
        var revoked = (await (await alice.Post(CouponSteps.ClaimsOf(templateId))).Json()).Text("couponId");
        await api.Deliver();
        (await app.Owner.Put(
            $"/api/operator/members/{alice.MemberId}/coupons/{revoked}/state", new { state = "revoked", reason = "异常" })).EnsureSuccessStatusCode();
        var gone = await api.Product();
        var quoted = (await alice.Quote(new Wish(gone))).Text("token");
        (await api.Move(gone[..^2], "offSale")).EnsureSuccessStatusCode();
        (await api.ChangeTemplate(templateId, "ended")).EnsureSuccessStatusCode();
        await api.Deliver();
        var rows = await app.Rows();

        await Refuse("change of a removed address", alice.Put($"/api/addresses/{addressId}", RequestExamples.Of(nameof(AddAddress))));
        await Refuse("quote to a removed address", alice.Post("/api/quotes", new Wish(skuId) { AddressId = addressId }.Quoted()));
        await Refuse("a revoked code", app.Bob.Post(CodeSteps.RedemptionsOf(code)));
        await Refuse("a cancelled gift", app.Bob.Post($"/api/coupon-gifts/{token}/acceptances"));
        await Refuse("a revoked coupon given", alice.Post($"/api/me/coupons/{revoked}/gifts"));
        await Refuse("a revoked coupon in an order", alice.Post("/api/quotes", new Wish(skuId) { CouponIds = [revoked] }.Quoted()));
        await Refuse("a claim of an ended template", alice.Post(CouponSteps.ClaimsOf(templateId)));
        await Refuse("codes of an ended template", app.Owner.Post(CodeSteps.BatchesOf(templateId), new { count = 1, note = "海报" }));
        await Refuse("a quote of goods off sale", alice.Post("/api/quotes", new Wish(gone).Quoted()));
        await Refuse("goods off sale", app.Bob.Get($"/api/products/{gone[..^2]}"));
        Assert.Equal(rows, await app.Rows());
        await Refuse("an order of goods off sale", alice.Order(new Wish(gone), quoted, key: null));
        cases.Done();

        async Task Refuse(string what, Task<HttpResponseMessage> sending) =>
            cases.MustRefuse(what, await RawAnswer.Of(await sending), "", (status, _) => status is 404 or 409);
    }

    [Fact]
    public async Task Things_of_another_member_in_a_body_are_as_if_there_were_none()
    {
        var cases = new HostileCases("Another's things in bodies");
        var skuId = await api.Product(weightGrams: 80);
        var mine = await app.Alice.Address();
        var theirs = await app.Bob.Quote(new Wish(skuId) { AddressId = await app.Bob.Address() });
        var rows = await app.Rows();

        await Refuse("quote to their address", app.Alice.Post("/api/quotes", new Wish(skuId) { AddressId = app.AnothersAddressId }.Quoted()));
        await Refuse("quote with their coupon", app.Alice.Post(
            "/api/quotes", new Wish(skuId) { AddressId = mine, CouponIds = [app.CouponId] }.Quoted()));
        await Refuse("order to their address", app.Alice.Order(
            new Wish(skuId) { AddressId = app.AnothersAddressId }, theirs.Text("token"), key: null));
        await Refuse("order at their quote", app.Alice.Order(new Wish(skuId) { AddressId = mine }, theirs.Text("token"), key: null));
        await Refuse("give their coupon", app.Alice.Post($"/api/me/coupons/{app.CouponId}/gifts"));
        Assert.Equal(rows, await app.Rows());
        cases.Done();

        async Task Refuse(string what, Task<HttpResponseMessage> sending)
        {
            var answer = await RawAnswer.Of(await sending);
            cases.MustRefuse(what, answer, "", (status, _) => status is 400 or 404 or 409);
            cases.Check($"{what} tells of Bob: {answer.Body}", !answer.Body.Contains(app.Bob.MemberId, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_thing_under_a_parent_that_is_not_its_own_is_not_found()
    {
        var cases = new HostileCases("Wrong parents");
        var (other, orderId) = (await api.PublishTemplate(), await app.Alice.Placed(new Wish(await api.Product())));
        await api.Deliver();
        var rows = await app.Rows();
        var nested = app.Operations.Where(each => each.Path.Count(letter => letter == '{') > 1);
        // Stock has shards, and any member may have any tag.
        foreach (var operation in nested.Where(each => each.Id is not (nameof(ListStockEntries) or nameof(ChangeMemberTag))))
        {
            var from = operation.Path.IndexOf('{', StringComparison.Ordinal);
            var name = operation.Path[from..(operation.Path.IndexOf('}', StringComparison.Ordinal) + 1)];
            string[] parents = name switch
            {
                "{memberId}" => [app.Alice.MemberId, app.OwnerId, other],
                "{templateId}" => [other, app.Alice.MemberId],
                "{orderId}" => [orderId, app.Alice.MemberId],
                _ => throw new InvalidOperationException($"Whose are things under {name}?"),
            };
            foreach (var parent in parents)
            {
                var path = app.PathOf(operation with { Path = operation.Path.Replace(name, parent, StringComparison.Ordinal) });
                cases.MustRefuse($"{operation} under {parent}", await app.Raw(operation, path), "", (status, _) => status == 404);
            }
        }

        Assert.Equal(rows, await app.Rows());
        cases.Done();
    }

    private async Task<RawAnswer> SendAs(string token, ApiOperation operation)
    {
        using var request = app.Request(operation);
        request.Headers.Authorization = new("Bearer", token);
        if (operation.Fields.Count > 0)
        {
            request.Content = new StringContent(
                app.BodyOf(operation).ToJsonString(), new MediaTypeHeaderValue("application/json"));
        }

        return await app.Send(request);
    }

    private static bool IsSignedOut(int status, string code) => (status, code) == (401, "auth.unauthenticated");
}

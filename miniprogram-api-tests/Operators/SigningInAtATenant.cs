using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Pond.Kernel;
using Pond.Operators;
using Pond.Tests.Members;
using Pond.Tests.Points;

namespace Pond.Tests.Operators;

[Rule("ADM-09")]
public sealed class SigningInAtATenant : IAsyncLifetime
{
    private const string LookPath = "/api/operator/coupon-templates";

    private OpenIdProvider tenant = null!;
    private MiniProgramApi api = null!;

    private const string OtherPersonId = "aaaaaaaa-0000-4000-8000-000000000004";
    private const string IdOfPerson = OperatorTokens.IdPrefix + OpenIdProvider.PersonId;

    private DateTimeOffset Now => api.Clock.GetUtcNow();

    public async Task InitializeAsync()
    {
        tenant = await OpenIdProvider.Start();
        api = await MiniProgramApi.Start(tenant.Settings);
    }

    public async Task DisposeAsync()
    {
        await api.DisposeAsync();
        await tenant.DisposeAsync();
    }

    [Fact]
    public async Task A_person_of_the_tenant_does_what_their_role_allows_and_the_audit_names_them()
    {
        var alice = await api.LogIn("alice");
        var console = api.Operator(tenant.Token(Now));

        var frozen = await console.Put(
            $"/api/operator/members/{alice.MemberId}/status", new { status = "frozen", reason = "核对身份" });
        var drafted = await console.Post(LookPath, Some.Template());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (frozen.StatusCode, drafted.StatusCode));
        await api.Deliver();
        Assert.Equal(
            [("member.status", alice.MemberId), ("operator.name", IdOfPerson)],
            (await Audit()).Select(line => (line.Text("action"), line.Text("targetId"))).Order());
        Assert.All(await Audit(), line => Assert.Equal(
            (IdOfPerson, OpenIdProvider.Name), (line.Text("operatorId"), line.Text("operatorName"))));
    }

    [Fact]
    public async Task A_person_who_gets_another_name_keeps_their_id_and_the_audit_has_both_names()
    {
        var marriedName = "wang.mei@brand.example";
        foreach (var name in new[] { OpenIdProvider.Name, OpenIdProvider.Name, marriedName, marriedName })
        {
            var console = api.Operator(tenant.Token(Now, claims: ("preferred_username", name)));
            var alice = await api.LogIn("alice");
            await console.Get($"/api/operator/members?memberId={alice.MemberId}");
            await console.Post($"/api/operator/poison/{OperatorMessages.AuditQueue}/redrives", new { max = 1, reason = "改名" });
        }

        await api.Deliver();
        Assert.Equal(
            [(null, OpenIdProvider.Name), (OpenIdProvider.Name, marriedName)],
            (await Audit()).Reverse().Where(line => line.Text("action") == "operator.name")
                .Select(line => (line.GetProperty("before").GetString(), line.GetProperty("after").GetString())));
    }

    [Fact]
    public async Task Fifty_first_acts_at_once_put_a_name_into_the_audit_once()
    {
        var console = api.Operator(tenant.Token(Now));
        var alice = await api.LogIn("alice");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => console.PostUntilAnswered(
            "/api/operator/points-adjustments", new { memberId = alice.MemberId, points = 1, reason = "同时" })));

        await api.Deliver();
        Assert.Single(await Audit(), line => line.Text("action") == "operator.name");
        Assert.Equal(50, await alice.SpendablePoints());
    }

    [Fact, Rule("ADM-02")]
    public async Task A_person_under_another_name_and_role_does_not_approve_what_they_asked_for()
    {
        var alice = await api.LogIn("alice");
        var id = (await api.AskFor(alice, 20_000, api.Operator(tenant.Token(Now)))).Text("adjustmentId");
        await api.Deliver();
        var waiting = Assert.Single(
            await api.Operator(tenant.Token(Now, "analyst")).AllPages(PointsSteps.AdjustmentsPath, 100));
        Assert.Equal(
            (IdOfPerson, OpenIdProvider.Name), (waiting.Text("askedBy"), waiting.Text("askedByName")));

        var own = await api.Operator(tenant.Token(Now, "owner", claims: ("preferred_username", "boss"))).Approve(id);
        var other = await api.Operator(tenant.Token(Now, "finance", claims: ("oid", OtherPersonId))).Approve(id);

        Assert.Equal((HttpStatusCode.Forbidden, "points.adjustment_own"), (own.StatusCode, await own.Code()));
        Assert.Equal((HttpStatusCode.OK, 20_000), (other.StatusCode, await alice.SpendablePoints()));
    }

    [Fact]
    public async Task Who_has_no_name_is_known_by_their_id()
    {
        var console = api.Operator(tenant.Token(Now, claims: ("preferred_username", null)));
        await console.Post($"/api/operator/poison/{OperatorMessages.AuditQueue}/redrives", new { max = 1, reason = "无名" });
        await api.Deliver();

        var line = Assert.Single(await Audit());
        Assert.Equal((IdOfPerson, null), (line.Text("operatorId"), line.GetProperty("operatorName").GetString()));
    }

    [Theory]
    [InlineData("owner", HttpStatusCode.OK)]
    [InlineData("analyst", HttpStatusCode.Forbidden)]
    public async Task An_owner_of_the_tenant_lists_operators_and_nobody_else(string role, HttpStatusCode status) =>
        Assert.Equal(status, await Status(tenant.Token(Now, role), OperatorSteps.OperatorsPath));

    [Theory, InlineData(null), InlineData("king"), InlineData("Owner")]
    public async Task Who_has_none_of_the_roles_does_not_even_look(string? role) =>
        Assert.Equal(HttpStatusCode.Forbidden, await Status(tenant.Token(Now, role)));

    [Fact]
    public async Task A_token_that_is_not_in_order_opens_nothing()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var good = tenant.Token(Now);
        var modulus = tenant.Key.Rsa.ExportParameters(includePrivateParameters: false).Modulus!;
        Assert.Equal(HttpStatusCode.OK, await Status(good));
        var wrong = new Dictionary<string, string>
        {
            ["another issuer"] = tenant.Token(Now, issuer: $"{tenant.Address}/{Guid.Empty}/v2.0"),
            ["another audience"] = tenant.Token(Now, audience: Guid.Empty.ToString()),
            ["another tenant"] = tenant.Token(Now, claims: ("tid", Guid.Empty.ToString())),
            ["no tenant"] = tenant.Token(Now, claims: ("tid", null)),
            ["no person, as a program has none"] = tenant.Token(Now, claims: ("oid", null)),
            ["a person who is none"] = tenant.Token(Now, claims: ("oid", "bootstrap")),
            ["an identity token"] = tenant.Token(Now, claims: ("scp", null)),
            ["another type"] = tenant.Token(Now, type: "at+jwt"),
            ["ended"] = tenant.Token(Now - TimeSpan.FromHours(1)),
            ["not begun"] = tenant.Token(Now + TimeSpan.FromMinutes(2)),
            ["an unknown key"] = tenant.Token(Now, key: OpenIdProvider.NewKey("unknown")),
            ["another key under the same name"] = tenant.Token(Now, key: OpenIdProvider.NewKey("first")),
            ["RSA with SHA-512"] = tenant.Token(Now, algorithm: SecurityAlgorithms.RsaSha512),
            ["an elliptic curve"] = tenant.Token(
                Now, key: new ECDsaSecurityKey(other) { KeyId = "first" }, algorithm: SecurityAlgorithms.EcdsaSha256),
            ["HMAC with the public key"] = tenant.Token(
                Now, key: new SymmetricSecurityKey(modulus) { KeyId = "first" }, algorithm: SecurityAlgorithms.HmacSha256),
            ["no signature"] = Unsigned(good),
            ["a signature taken away"] = good[..(good.LastIndexOf('.') + 1)],
            ["a changed letter"] = good.Replace(".e", ".f", StringComparison.Ordinal),
            ["no token"] = "x",
            ["a member's"] = (await api.LogIn("alice")).AccessToken,
        };

        foreach (var (name, token) in wrong)
            Assert.True(await Status(token) is HttpStatusCode.Unauthorized, name);
    }

    [Fact]
    public async Task A_token_holds_to_the_instant_of_its_end()
    {
        var token = tenant.Token(Now, lifetime: TimeSpan.FromMinutes(10));

        api.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await Status(token));
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(token));
    }

    [Fact]
    public async Task With_a_tenant_no_key_opens_anything_and_none_is_made()
    {
        foreach (var path in new[] { OperatorSteps.OperatorsPath, LookPath })
            Assert.Equal(HttpStatusCode.Unauthorized, await Status(MiniProgramApi.BootstrapKey, path));

        var wish = new { name = "小李", roles = new[] { "owner" } };
        var byBootstrap = await api.Operator(MiniProgramApi.BootstrapKey).Post(OperatorSteps.OperatorsPath, wish);
        var byOwner = await api.Operator(tenant.Token(Now, "owner")).Post(OperatorSteps.OperatorsPath, wish);

        Assert.Equal(HttpStatusCode.Unauthorized, byBootstrap.StatusCode);
        Assert.Equal((HttpStatusCode.Conflict, "operator.at_tenant"), (byOwner.StatusCode, await byOwner.Code()));
    }

    [Fact]
    public async Task A_key_from_before_the_tenant_is_worth_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("pond-tenant-").FullName;
        string key;
        await using (var before = await MiniProgramApi.Start(dataPath: folder))
        {
            key = (await before.AddOperator("小李", "owner")).Text("key");
            Assert.Equal(HttpStatusCode.OK, (await before.Operator(key).Get(LookPath)).StatusCode);
        }

        await using (var after = await MiniProgramApi.Start(tenant.Settings, dataPath: folder))
            Assert.Equal(HttpStatusCode.Unauthorized, (await after.Operator(key).Get(LookPath)).StatusCode);
        Directory.Delete(folder, recursive: true);
    }

    private async Task<JsonElement[]> Audit() => await api.Operator(tenant.Token(Now, "analyst"))
        .AllPages($"/api/operator/audit/{ChinaDay.Of(Now).Date:yyyy-MM-dd}", 100);

    private async Task<HttpStatusCode> Status(string token, string path = LookPath) =>
        (await api.Operator(token).Get(path)).StatusCode;

    private static string Unsigned(string token) =>
        Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes("""{"alg":"none","typ":"JWT"}""")) + "." + token.Split('.')[1] + ".";
}

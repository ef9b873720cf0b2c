using System.Net;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Pond.Kernel;
using Pond.Operators;
using Pond.Tests.Members;

namespace Pond.Tests.Operators;

[Rule("ADM-09")]
public sealed class SigningInAtATenant : IAsyncLifetime
{
    private const string LookPath = "/api/operator/coupon-templates";

    private static readonly TimeSpan RotationPatience = TimeSpan.FromSeconds(30);

    private OpenIdProvider tenant = null!;
    private MiniProgramApi api = null!;

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
        var day = $"/api/operator/audit/{ChinaDay.Of(Now).Date:yyyy-MM-dd}";
        var line = Assert.Single((await (await console.Get(day)).Json()).Items());
        Assert.Equal(OperatorTokens.IdPrefix + OpenIdProvider.PersonId, line.Text("operatorId"));
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
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var good = tenant.Token(Now);
        var modulus = tenant.Key.Rsa.ExportParameters(includePrivateParameters: false).Modulus!;
        Assert.Equal(HttpStatusCode.OK, await Status(good));
        var wrong = new Dictionary<string, string>
        {
            ["another issuer"] = tenant.Token(Now, issuer: $"{tenant.Address}/{Guid.Empty}/v2.0"),
            ["another audience"] = tenant.Token(Now, audience: Guid.Empty.ToString()),
            ["another tenant"] = tenant.Token(Now, claims: ("tid", Guid.Empty.ToString())),
            ["no tenant"] = tenant.Token(Now, claims: ("tid", null)),
            ["no person"] = tenant.Token(Now, claims: ("oid", null)),
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
    public async Task Keys_are_fetched_once_and_a_new_one_is_learnt_when_a_token_names_it()
    {
        var old = tenant.Token(Now);
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.OK, await Status(old));
        Assert.Equal(1, tenant.Fetches);

        tenant.Key = OpenIdProvider.NewKey("second");
        var fresh = tenant.Token(Now);
        using var patience = new CancellationTokenSource(RotationPatience);
        while (await Status(fresh) is not HttpStatusCode.OK) patience.Token.ThrowIfCancellationRequested();

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(old));
    }

    [Fact]
    public async Task While_the_tenant_does_not_tell_its_keys_the_answer_is_to_try_again()
    {
        tenant.IsDown = true;
        var answer = await api.Operator(tenant.Token(Now)).Get(LookPath);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "operator.sign_in_unavailable"),
            (answer.StatusCode, await answer.Code()));

        tenant.IsDown = false;
        Assert.Equal(HttpStatusCode.OK, await Status(tenant.Token(Now)));
        tenant.IsDown = true;
        Assert.Equal(HttpStatusCode.OK, await Status(tenant.Token(Now)));
    }

    [Fact]
    public async Task With_a_tenant_no_key_opens_anything()
    {
        Assert.Equal(
            HttpStatusCode.Unauthorized, await Status(MiniProgramApi.BootstrapKey, OperatorSteps.OperatorsPath));
        var added = await (await api.Operator(tenant.Token(Now, "owner")).Post(
            OperatorSteps.OperatorsPath, new { name = "小李", roles = new[] { "owner" } })).Json();
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(added.Text("key")));
    }

    private async Task<HttpStatusCode> Status(string token, string path = LookPath) =>
        (await api.Operator(token).Get(path)).StatusCode;

    private static string Unsigned(string token) =>
        Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes("""{"alg":"none","typ":"JWT"}""")) + "." + token.Split('.')[1] + ".";
}

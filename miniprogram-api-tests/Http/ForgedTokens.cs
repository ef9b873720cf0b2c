using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Pond.Tests.Http;

/// <summary>Access tokens that are not quite ours (RFC 8725), and refresh tokens put together from parts.</summary>
public sealed class ForgedTokens(HostileApp app) : IClassFixture<HostileApp>
{
    private static readonly JsonNode Shape = JsonNode.Parse(
        """
        {
          "type": "urn:pond:problem:auth.unauthenticated", "title": "Unauthorized", "status": 401,
          "detail": "登录已失效，请重新登录。", "code": "auth.unauthenticated"
        }
        """)!;

    private static readonly string[] WrongAlgorithms =
    [
        "none", "None", "nOnE", "NONE", "", "HS256 ", "hs256", "HS384", "HS512", "RS256", "ES256", "PS256", "dir",
        "A128KW",
    ];

    private static readonly string?[] WrongKeyIds =
    [
        null, "", "Test", "test ", "test2", "../../dev/null", "' OR 1=1 --", "test\0", "/proc/self/environ", "|id", "*",
        new('k', 2_000),
    ];

    private static readonly byte[][] WrongKeys =
    [
        "secret"u8.ToArray(), [], Encoding.UTF8.GetBytes(Convert.ToBase64String(HostileApp.SigningSecret)),
        new byte[64],
        [.. HostileApp.SigningSecret, 1], "test"u8.ToArray(),
    ];

    private static readonly long Now = HandClock.Start.ToUnixTimeSeconds();

    [Fact]
    public async Task A_token_signed_as_ours_are_is_taken()
    {
        var answer = await Call($"Bearer {Signed(Header(), Claims())}");

        Assert.True(answer.Status == 200, "Otherwise the refusals below would prove nothing.");
    }

    [Fact]
    public async Task The_scheme_may_be_written_in_any_case_and_followed_by_blanks()
    {
        foreach (var scheme in new[] { "bearer ", "BEARER ", "Bearer   " })
            Assert.Equal(200, (await Call(scheme + app.Alice.AccessToken)).Status);
    }

    [Fact]
    public async Task Every_forged_token_gets_the_same_401()
    {
        var (cases, before) = (new HostileCases("Forged tokens"), await app.Rows());
        string[] values = [.. Forged().Select(token => $"Bearer {token}"), .. WrongHeaders()];
        foreach (var value in values) Judge(cases, value, await Call(value));
        var genuine = app.Alice.AccessToken;
        foreach (var (first, second) in new[] { (genuine, genuine), ("x", genuine), (genuine, "x") })
            Judge(cases, "two headers", await Call($"Bearer {first}\r\nAuthorization: Bearer {second}"));

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task A_refresh_token_of_swapped_parts_opens_nobodys_session()
    {
        var cases = new HostileCases("Refresh tokens");
        var operation = app.WithBody.Single(each => each.Id == "RefreshSession");
        var (alice, bob) = (app.Alice.RefreshToken.Split('.'), app.Bob.RefreshToken.Split('.'));
        string[] forged =
        [
            $"{alice[0]}.{bob[1]}.{bob[2]}", $"{bob[0]}.{alice[1]}.{bob[2]}", $"{alice[0]}.{bob[1]}.{alice[2]}",
            $"{bob[0]}.{alice[1]}.{alice[2]}", $"{alice[1]}.{alice[0]}.{alice[2]}", $"{alice[0]}.{alice[1]}",
            $"{app.Alice.RefreshToken}.{alice[2]}", $"{alice[0].ToUpperInvariant()}.{alice[1]}.{alice[2]}", alice[2],
            $" {app.Alice.RefreshToken}", $"{app.Alice.RefreshToken} ", app.Alice.AccessToken, "..",
            $"{alice[0]}..{alice[2]}",
            $"{alice[0]}.{alice[1]}.{alice[2]}%00", $"{alice[0]}/{alice[1]}.{alice[2]}.x", new string('0', 250),
        ];
        var before = await app.Rows();
        foreach (var token in forged)
        {
            var answer = await app.Send(operation, new JsonObject { ["refreshToken"] = token }.ToJsonString());
            cases.MustRefuse(token, answer, token, (status, code) => status is 401 || code == "request.invalid");
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
        Assert.Equal(200, (await Call($"Bearer {app.Alice.AccessToken}")).Status);
    }

    private Task<RawAnswer> Call(string authorization) =>
        RawHttp.Send(app.Api.Address, $"GET /api/me HTTP/1.1\r\nAuthorization: {authorization}");

    private static void Judge(HostileCases cases, string name, RawAnswer answer)
    {
        cases.MustRefuse(name, answer, name, (status, code) => (status, code) == (401, "auth.unauthenticated"));
        var shape = JsonNode.Parse(answer.Body)!.AsObject();
        shape.Remove("traceId");
        cases.Check($"{name} has another shape: {answer.Body}", JsonNode.DeepEquals(shape, Shape));
    }

    private IEnumerable<string> Forged()
    {
        var genuine = app.Alice.AccessToken;
        var parts = genuine.Split('.');
        foreach (var alg in WrongAlgorithms)
        {
            var header = Header(("alg", alg));
            yield return Signed(header, Claims());
            yield return $"{Encoded(header)}.{Encoded(Claims())}.";
        }

        foreach (var keyId in WrongKeyIds) yield return Signed(Header(("kid", keyId)), Claims());
        yield return Signed(Header(("kid", 0)), Claims());
        foreach (var type in new[] { null, "JWT", "jwt", "AT+JWT2", "at", "application/x", "", "id+jwt" })
            yield return Signed(Header(("typ", type)), Claims());
        foreach (var key in WrongKeys)
        {
            var jwk = new JsonObject { ["kty"] = "oct", ["k"] = Base64Url.EncodeToString(key), ["kid"] = "test" };
            yield return Signed(Header(), Claims(), key);
            yield return Signed(Header(("jku", "http://localhost/k"), ("x5u", "http://localhost/c")), Claims(), key);
            yield return Signed(Header(("jwk", jwk)), Claims(), key);
        }

        foreach (var (name, value) in WrongClaims()) yield return Signed(Header(), Claims((name, value)));
        foreach (var claim in new[] { "iss", "aud", "exp", "nbf", "sub", "sid" })
            yield return Signed(Header(), Claims((claim, null)));
        for (var part = 0; part < 3; part++)
        {
            for (var at = 0; at < parts[part].Length; at += Math.Max(1, parts[part].Length / 8))
            {
                var flipped = parts.ToArray();
                flipped[part] = parts[part][..at] + (parts[part][at] == 'A' ? 'B' : 'A') + parts[part][(at + 1)..];
                yield return string.Join('.', flipped);
            }
        }

        yield return genuine[..^1];
        yield return genuine[..(genuine.Length / 2)];
        foreach (var odd in new[]
        {
            $"{parts[0]}.{parts[1]}", $"{parts[0]}.{parts[1]}.", $".{parts[1]}.{parts[2]}", $"{parts[0]}..{parts[2]}",
            "..", "...", "a.b.c",
            $"{genuine}.{parts[2]}", $"{genuine}..", $"{genuine}.a.b", $"{parts[1]}.{parts[0]}.{parts[2]}",
            $"{parts[0]} .{parts[1]}.{parts[2]}",
            $"{parts[0]}. {parts[1]}.{parts[2]}", $"{genuine},{genuine}", $"{genuine} {genuine}", $"\"{genuine}\"",
            new string('a', 4_000), new string('.', 4_000), $"{parts[0]}.{new string('A', 3_500)}.{parts[2]}", "登录",
            "👨‍👩‍👧", "null", "undefined", "[object Object]",
            genuine.ToUpperInvariant(), genuine.Replace('e', 'е'),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(genuine)), app.Alice.RefreshToken,
            app.Owner.AccessToken, MiniProgramApi.BootstrapKey,
        }) yield return odd;
    }

    private static IEnumerable<(string Name, JsonNode? Value)> WrongClaims() =>
    [
        ("iss", "Pond"), ("iss", "pond "), ("iss", "evil"), ("iss", ""), ("aud", "pond"), ("aud", "pond-operator"),
        ("aud", ""),
        ("aud", new JsonArray("a", "b")), ("exp", Now - 1), ("exp", Now), ("exp", 0), ("exp", -1), ("exp", "soon"),
        ("exp", "9999999999"),
        ("exp", 1e300), ("exp", 99_999_999_999), ("exp", long.MaxValue), ("exp", Now + 86_400),
        ("exp", new JsonArray(Now)), ("nbf", Now + 31),
        ("nbf", Now + 86_400), ("nbf", "now"), ("nbf", -1e300), ("sub", ""), ("sub", "bootstrap"),
        ("sub", new string('0', 26)), ("sub", "../x"),
        ("sub", new JsonObject()), ("sid", ""), ("sid", new string('0', 26)), ("sid", 7), ("sid", new JsonArray("a")),
    ];

    private IEnumerable<string> WrongHeaders() =>
    [
        app.Alice.AccessToken, $"Basic {app.Alice.AccessToken}", $"Bearer{app.Alice.AccessToken}",
        $"Token {app.Alice.AccessToken}",
        $"Bearer: {app.Alice.AccessToken}", $"Bearer\t{app.Alice.AccessToken}", "Bearer", "Bearer ", "",
        "Bearer Bearer", $"Bearer Bearer {app.Alice.AccessToken}",
        $"Bearer {app.Alice.AccessToken}, Basic x", $"Bearer {new string('a', 10_000)}",
    ];

    private static JsonObject Header(params (string Name, JsonNode? Value)[] changes) =>
        Changed(new() { ["alg"] = "HS256", ["kid"] = "test", ["typ"] = "at+jwt" }, changes);

    private JsonObject Claims(params (string Name, JsonNode? Value)[] changes)
    {
        var genuine = JsonNode.Parse(Base64Url.DecodeFromChars(app.Alice.AccessToken.Split('.')[1]))!.AsObject();
        return Changed(genuine, changes);
    }

    private static JsonObject Changed(JsonObject json, (string Name, JsonNode? Value)[] changes)
    {
        foreach (var (name, value) in changes)
        {
            json.Remove(name);
            if (value is not null) json[name] = value.DeepClone();
        }

        return json;
    }

    private static string Signed(JsonObject header, JsonObject claims, byte[]? key = null)
    {
        var text = $"{Encoded(header)}.{Encoded(claims)}";
        var signature = HMACSHA256.HashData(key ?? HostileApp.SigningSecret, Encoding.ASCII.GetBytes(text));
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encoded(JsonObject json) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}

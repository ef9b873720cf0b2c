using System.Buffers.Text;
using System.Text;

namespace Pond.Tests.Http;

/// <summary>Requests whose line, headers or query are not what a client of ours would send.</summary>
public sealed class HostileRequests(HostileApp app) : IClassFixture<HostileApp>
{
    [Fact]
    public async Task Unknown_routes_and_wrong_methods_are_problems_and_a_405_says_what_is_allowed()
    {
        var (cases, before) = (new HostileCases("Routes and methods"), await app.Rows());
        foreach (var path in new[] { "/api", "/api/", "/api/x", "/api/coupons/", "/api/me/x", "/api/operator", "/api/openapi", "/api/%E4%BC%98%E6%83%A0" })
        {
            foreach (var method in new[] { "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "FOO" })
            {
                var answer = await RawHttp.Send(app.Api.Address, $"{method} {path} HTTP/1.1\r\nContent-Length: 0");
                if (path == "/api/coupons/" && method == "GET") continue; // a slash at the end does not matter
                cases.MustRefuse($"{method} {path}", answer, path, (status, _) => status is 404 or 405);
            }
        }

        foreach (var path in app.Operations.GroupBy(app.PathOf))
        {
            var allowed = string.Join(", ", path.Select(operation => operation.Method.Method).Order(StringComparer.Ordinal));
            foreach (var method in new[] { "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "FOO", "get" })
            {
                if (path.Any(operation => operation.Method.Method.Equals(method, StringComparison.OrdinalIgnoreCase))) continue;
                var answer = await RawHttp.Send(app.Api.Address, $"{method} {path.Key} HTTP/1.1\r\nContent-Length: 0");
                cases.Check($"{method} {path.Key} allows {allowed}", answer.Headers.GetValueOrDefault("Allow") == allowed);
                if (method == "HEAD") cases.Check($"HEAD {path.Key}", answer.Status == 405);
                else cases.MustRefuse($"{method} {path.Key}", answer, path.Key, (status, code) => (status, code) == (405, "route.method"));
            }
        }

        cases.Done(casesMin: 300);
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task Ids_that_are_none_are_not_found()
    {
        string[] ids =
        [
            "x", "0", "-1", "null", "undefined", new string('0', 25), new string('0', 27), new string('z', 26).ToUpperInvariant(),
            new string('0', 26).Replace('0', 'u'), app.TemplateId.ToUpperInvariant(), "%00", "a%2fb", "..%2f..%2fetc", "%2e%2e", "..;", "a%5cb",
            "%E2%80%AE" + app.TemplateId, app.TemplateId + "%20", "%20" + app.TemplateId, app.TemplateId + "%00", app.TemplateId + ";x=1", app.TemplateId + "%3Fx",
            "'%20OR%201=1--", "%27", "$filter", "*", "{templateId}", "%25", "%", "%zz", "%ff%fe", "%F0%9F%98%80", new string('a', 1_024), new string('0', 4_000),
            "catalogue:coupons", "m:" + app.Alice.MemberId, "%C0%AF", "op:x", app.Alice.MemberId + ":" + app.TemplateId, "%E4%BC%98", "a|b", "a#b",
        ];
        var (cases, before) = (new HostileCases("Ids"), await app.Rows());
        foreach (var operation in app.Operations.Where(each => each.Path.Contains("Id}", StringComparison.Ordinal)))
        {
            foreach (var id in ids.Append(operation.Path.Contains("memberId", StringComparison.Ordinal) ? app.TemplateId : app.Alice.MemberId))
            {
                var path = operation.Path.Replace(operation.Path.Split('{', '}')[1], id, StringComparison.Ordinal)
                    .Replace("{" + id + "}", id, StringComparison.Ordinal);
                var body = operation.Fields.Count == 0 ? "" : app.BodyOf(operation).ToJsonString();
                var answer = await Raw(operation, path, body);
                if (id is "%00" || id.EndsWith("%00", StringComparison.Ordinal)) cases.MustRefuseBare($"{operation} {id}", answer);
                else cases.MustRefuse($"{operation} {id[..Math.Min(40, id.Length)]}", answer, id, (status, _) => status is 404 or 405 or 400);
            }
        }

        cases.Done(casesMin: 180);
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task Paths_that_climb_or_double_their_slashes_reach_nothing()
    {
        string[] inside =
        [
            "/api//me", "/api/me//points", "/api/me%2fpoints", "/api/%6De%2F", "/api/coupons/../operator//operators", "/api/operator%2foperators",
            "/api/..%2foperator/operators", "/api/;/me", "/api/me;/points", "/api/me%00x", "/api/me/./../x", "/api/\\me", "/api/" + new string('a', 3_000),
        ];
        var cases = new HostileCases("Paths");
        foreach (var path in inside.Where(path => !path.Contains("%00", StringComparison.Ordinal)))
            cases.MustRefuse(path[..Math.Min(40, path.Length)], await RawHttp.Send(app.Api.Address, $"GET {path} HTTP/1.1"), path);

        // The web server answers these by itself: no byte of them reaches our code. Outside /api nothing is ours.
        string[] lines =
        [
            "GET /api/me%00x HTTP/1.1", "GET //api/me HTTP/1.1", "GET /apix HTTP/1.1", "GET /../etc/passwd HTTP/1.1", "GET api/me HTTP/1.1",
            "GET /" + new string('a', 9_000) + " HTTP/1.1", "CONNECT /api/me HTTP/1.1", "CONNECT localhost:1 HTTP/1.1", "OPTIONS * HTTP/1.1",
            "GET /api/me HTTP/9.9", "GET /api/me", "G\u0001T /api/me HTTP/1.1", "GET /api/m\u0001e HTTP/1.1",
        ];
        foreach (var line in lines)
            cases.Check($"{line[..Math.Min(40, line.Length)]}", (await RawHttp.Send(app.Api.Address, line)).Status is (>= 400 and < 500) or 505);
        cases.Done(inside.Length + lines.Length - 1);
    }

    [Fact]
    public async Task Too_many_or_too_large_headers_are_refused()
    {
        var cases = new HostileCases("Headers");
        foreach (var operation in app.Operations)
        {
            var line = $"{operation.Method} {app.PathOf(operation)} HTTP/1.1\r\nContent-Length: 0";
            var large = await RawHttp.Send(app.Api.Address, $"{line}\r\nX-Large: {new string('x', 20 * 1024)}");
            cases.MustRefuse($"{operation} 20 KiB", large, new string('x', 200), (status, _) => status == 431);
            var many = string.Concat(Enumerable.Range(0, 90).Select(i => $"\r\nX-Many-{i}: {new string('y', 190)}"));
            cases.MustRefuse($"{operation} 90 headers", await RawHttp.Send(app.Api.Address, line + many), many, (status, _) => status == 431);
        }

        // The web server's own limits: 32 KiB, 100 headers.
        cases.MustRefuseBare("60 KiB", await RawHttp.Send(app.Api.Address, $"GET /api/me HTTP/1.1\r\nX-Large: {new string('x', 60 * 1024)}"));
        var hundred = string.Concat(Enumerable.Range(0, 100).Select(i => $"\r\nX-{i}: y"));
        cases.MustRefuseBare("100 headers", await RawHttp.Send(app.Api.Address, "GET /api/me HTTP/1.1" + hundred));
        cases.MustRefuseBare("two lengths", await RawHttp.Send(app.Api.Address, "POST /api/session HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3", "{}"u8.ToArray()));
        cases.MustRefuseBare("length -1", await RawHttp.Send(app.Api.Address, "POST /api/session HTTP/1.1\r\nContent-Length: -1", "{}"u8.ToArray()));
        cases.MustRefuseBare("two hosts", await RawHttp.Send(app.Api.Address, "GET /api/me HTTP/1.1\r\nHost: evil"));
        cases.MustRefuseBare("no name", await RawHttp.Send(app.Api.Address, "GET /api/me HTTP/1.1\r\n: x"));
        foreach (var trace in new[] { "garbage", "00-" + new string('0', 32) + "-0000000000000001-01", "ff-x", new string('t', 3_000), "|1.2." })
        {
            foreach (var name in new[] { "traceparent", "Request-Id" })
                cases.MustRefuse($"{name} {trace[..Math.Min(20, trace.Length)]}", await RawHttp.Send(app.Api.Address, $"GET /api/me HTTP/1.1\r\n{name}: {trace}"), trace);
        }

        foreach (var over in new[] { "X-HTTP-Method-Override: DELETE", "X-Original-URL: /api/operator/operators", "X-Rewrite-URL: /api/health/live", "Expect: x" })
            cases.MustRefuse(over, await RawHttp.Send(app.Api.Address, $"GET /api/me HTTP/1.1\r\n{over}"), over, (status, _) => status == 401);
        cases.Done(casesMin: 50);
    }

    [Fact]
    public async Task An_idempotency_key_must_be_one_and_well_formed()
    {
        string[] keys =
        [
            "", "short", new string('k', 15), new string('k', 65), new string('k', 5_000), "键键键键键键键键键键键键键键键键", "key with blanks 0123", "key/with/slashes/01",
            "key\twith\ttabs\t0123", "'; DROP TABLE x --", "%00%00%00%00%00%00", "key.with.dots.0123", "0123456789abcde\u0130", "<script>alert(1)</script>", "{0123456789abcdef}",
        ];
        var (cases, before) = (new HostileCases("Idempotency keys"), await app.Rows());
        foreach (var operation in app.Operations.Where(each => each.NeedsKey))
        {
            var body = operation.Fields.Count == 0 ? "" : app.BodyOf(operation).ToJsonString();
            cases.MustRefuse($"{operation} no key", await Raw(operation, app.PathOf(operation), body, keys: ""), "", (_, code) => code == "idempotency.key_missing");
            foreach (var key in keys)
            {
                var answer = await Raw(operation, app.PathOf(operation), body, $"\r\nIdempotency-Key: {key}");
                cases.MustRefuse($"{operation} {key[..Math.Min(30, key.Length)]}", answer, key, (_, code) => code.StartsWith("idempotency.", StringComparison.Ordinal));
            }

            var good = Phone.NewKey();
            foreach (var twice in new[] { $"\r\nIdempotency-Key: {good}\r\nIdempotency-Key: {good}", $"\r\nIdempotency-Key: {good}, {good}" })
                cases.MustRefuse($"{operation} twice", await Raw(operation, app.PathOf(operation), body, twice), "", (_, code) => code == "idempotency.key_malformed");
        }

        cases.Done(casesMin: 60);
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task A_cursor_or_limit_that_is_not_ours_is_refused_or_leads_nowhere()
    {
        string[] wrong =
        [
            "limit=", "limit=0", "limit=-1", "limit=101", "limit=abc", "limit=1.0", "limit=1e1", "limit=%2B1", "limit=%201", "limit=２", "limit=99999999999999999999",
            "limit=1&limit=1", "limit[]=1&limit=abc", "LIMIT=0", "cursor=", "cursor=!!!", "cursor=a", "cursor=%00", "cursor=====", "cursor=Zm9v", "cursor=../..", "cursor=%F0%9F%98%80",
            "cursor=a&cursor=b", $"cursor={new string('A', 2_000)}", $"cursor={Cursor("/\\#?%")}", $"cursor={Cursor("a/b")}", $"cursor={Cursor("\0")}", $"cursor={Cursor("优惠")}",
            $"cursor={Cursor("~")}", $"cursor={Cursor("zzzz")}", $"cursor={Cursor("member")}", $"cursor={Cursor("op:x")}", $"cursor={Cursor("outbox:1")}",
            $"cursor={Cursor(new string('a', 600))}", $"cursor={Cursor("entry")}", $"cursor={Cursor("coupon;")}", $"cursor={Cursor("m:" + app.Bob.MemberId)}",
        ];
        var (cases, before) = (new HostileCases("Paging"), await app.Rows());
        foreach (var operation in app.Operations.Where(each => each.IsPaged))
        {
            foreach (var query in wrong)
            {
                using var request = app.Request(operation, "?" + query);
                cases.MustRefuse($"{operation}?{query[..Math.Min(40, query.Length)]}", await app.Send(request), query, (_, code) => code.StartsWith("paging.", StringComparison.Ordinal));
            }
        }

        cases.Done(casesMin: 200);
        Assert.Equal(before, await app.Rows());
    }

    private static string Cursor(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    private Task<RawAnswer> Raw(ApiOperation operation, string path, string body, string? keys = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var key = keys ?? (operation.NeedsKey ? $"\r\nIdempotency-Key: {Phone.NewKey()}" : "");
        var credential = app.CredentialOf(operation) is { } token ? $"\r\nAuthorization: Bearer {token}" : "";
        return RawHttp.Send(
            app.Api.Address,
            $"{operation.Method} {path} HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}{credential}{key}", bytes);
    }
}

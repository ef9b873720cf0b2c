using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Pond.Tests.Http;

/// <summary>Headers and queries that are not what a client of ours would send.</summary>
public sealed class HostileHeaders(HostileApp app) : IClassFixture<HostileApp>
{
    [Fact]
    public async Task Too_large_headers_are_refused()
    {
        var large = "X-Large: " + new string('x', 20 * 1024);
        var many = string.Join("\r\n", Enumerable.Range(0, 90).Select(i => $"X-Many-{i}: {new string('y', 190)}"));
        var cases = new HostileCases("Large headers");
        foreach (var operation in app.Operations)
        {
            cases.MustRefuse($"{operation} 20 KiB", await app.Raw(operation, headers: large), large, IsTooLarge);
            cases.MustRefuse($"{operation} 90 headers", await app.Raw(operation, headers: many), many, IsTooLarge);
        }

        cases.Done();

        static bool IsTooLarge(int status, string code) => (status, code) == (431, "request.headers_too_large");
    }

    /// <summary>The web server answers these by itself: its own limits are 32 KiB and 100 headers.</summary>
    [Fact]
    public async Task Headers_that_break_http_itself_are_refused()
    {
        string[] wrong =
        [
            "X-Large: " + new string('x', 60 * 1024),
            string.Join("\r\n", Enumerable.Range(0, 100).Select(i => $"X-{i}: y")),
            "Content-Length: 2\r\nContent-Length: 3", "Content-Length: -1", "Content-Length: x", "Host: evil", ": x",
            "no colon",
            "X-Nul: a\0b", "Transfer-Encoding: gzip", "Content-Length: 99999999999999999999",
        ];
        var cases = new HostileCases("Broken headers");
        foreach (var headers in wrong)
            cases.MustRefuseBare(headers, await RawHttp.Send(app.Api.Address, "POST /api/session HTTP/1.1\r\n" + headers));
        cases.Done();
    }

    [Fact]
    public async Task Headers_that_mean_something_elsewhere_mean_nothing_here()
    {
        string[] tracing = ["garbage", $"00-{new string('0', 32)}-0000000000000001-01", "ff-x", new string('t', 3_000), "|1.2."];
        string[] headers =
        [
            .. tracing.Select(value => "traceparent: " + value), .. tracing.Select(value => "Request-Id: " + value),
            "X-HTTP-Method-Override: DELETE", "X-Original-URL: /api/operator/operators",
            "X-Rewrite-URL: /api/health/live",
            "Expect: x", "Accept: text/html", "Accept: application/xml", "Accept-Encoding: gzip", "Cookie: session=1",
            "X-Forwarded-Host: evil", "X-MS-CLIENT-PRINCIPAL: e30=", "x-functions-key: master", "Upgrade: websocket",
        ];
        var cases = new HostileCases("Foreign headers");
        foreach (var header in headers)
        {
            var answer = await RawHttp.Send(app.Api.Address, $"GET /api/me HTTP/1.1\r\n{header}");
            cases.MustRefuse(header, answer, header, (status, _) => status == 401);
        }

        cases.Done();
    }

    [Fact]
    public async Task An_idempotency_key_must_be_one_and_well_formed()
    {
        string[] keys =
        [
            "", "short", new('k', 15), new('k', 65), new('k', 5_000), new('键', 16), "key with blanks 0123",
            "key/with/slashes/01",
            "key\twith\ttabs\t0123", "'; DROP TABLE x --", "%00%00%00%00%00%00", "key.with.dots.0123",
            "0123456789abcde\u0130",
            "<script>alert(1)</script>", "{0123456789abcdef}",
        ];
        var good = Phone.NewKey();
        string[] headers =
        [
            .. keys.Select(key => $"Idempotency-Key: {key}"), $"Idempotency-Key: {good}, {good}",
            $"Idempotency-Key: {good}\r\nIdempotency-Key: {good}",
        ];
        var (cases, before) = (new HostileCases("Idempotency keys"), await app.Rows());
        foreach (var operation in app.Operations.Where(each => each.NeedsKey))
        {
            cases.MustRefuse($"{operation} no key", await app.Raw(operation, key: ""), "", (_, code) => code == "idempotency.key_missing");
            foreach (var header in headers)
                cases.MustRefuse($"{operation} {header}", await app.Raw(operation, key: header), header, IsMalformedKey);
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());

        static bool IsMalformedKey(int status, string code) => (status, code) == (400, "idempotency.key_malformed");
    }

    [Fact]
    public async Task A_key_that_comes_again_with_something_else_is_refused()
    {
        string[] free = ["reason", "note", "name", "detailInfo", "title"];
        var cases = new HostileCases("Reused keys");
        foreach (var operation in app.WithBody.Where(each => each.NeedsKey && each.Fields.Any(IsFree)))
        {
            var (body, field) = (app.BodyOf(operation), operation.Fields.First(IsFree).Key);
            using var first = Keyed(body);
            var taken = await app.Send(first);
            cases.Check($"{operation} is not taken: {taken.Body}", taken.Status < 300);
            var stored = await app.Rows();
            using var again = Keyed(body);
            var repeated = await app.Send(again);
            cases.Check($"{operation} answers otherwise: {repeated.Body}", repeated.Status < 300);
            body[field] = "另一个内容";
            using var changed = Keyed(body);
            cases.MustRefuse($"{operation} changed", await app.Send(changed), "", (_, code) => code == "idempotency.key_reused");
            cases.Check($"{operation} has stored something", await app.Rows() == stored);

            HttpRequestMessage Keyed(JsonObject content)
            {
                var request = app.Request(operation);
                request.Headers.Remove("Idempotency-Key");
                request.Headers.Add("Idempotency-Key", $"reused-key-of-{operation}".PadRight(40, '0')[..40]);
                request.Content = new StringContent(
                    content.ToJsonString(), new MediaTypeHeaderValue("application/json"));
                return request;
            }
        }

        cases.Done();

        bool IsFree(KeyValuePair<string, JsonObject> field) => free.Contains(field.Key) && field.Value["enum"] is null;
    }

    [Fact]
    public async Task A_cursor_or_limit_that_is_not_ours_is_refused()
    {
        string[] limits = ["", "0", "-1", "101", "abc", "1.0", "1e1", "%2B1", "%201", "２", "99999999999999999999", "1&limit=1"];
        string[] cursors = ["", "!!!", "a", "%00", "====", "Zm9v", "../..", "%F0%9F%98%80", "a&cursor=b", new('A', 2_000)];
        string[] keys =
        [
            "/\\#?%", "a/b", "\0", "优惠", "~", "zzzz", "member", "op:x", "outbox:1", "entry", "coupon;", new('a', 600),
            "m:" + app.Bob.MemberId,
        ];
        string[] queries =
        [
            .. limits.Select(limit => "limit=" + limit), .. cursors.Select(cursor => "cursor=" + cursor), "LIMIT=0",
            .. keys.Select(key => "cursor=" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key))),
        ];
        var (cases, before) = (new HostileCases("Paging"), await app.Rows());
        foreach (var operation in app.Operations.Where(each => each.IsPaged))
        {
            foreach (var query in queries)
            {
                using var request = app.Request(operation, "?" + query);
                cases.MustRefuse($"{operation}?{query}", await app.Send(request), query, IsPaging);
            }
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());

        static bool IsPaging(int status, string code) => status == 400 && code is "paging.limit" or "paging.cursor";
    }

    [Fact]
    public async Task The_cursor_of_one_list_does_not_lead_into_another()
    {
        for (var i = 0; i < 2; i++)
        {
            var wish = new { name = "店员", roles = new[] { "service" } };
            (await app.Owner.Post("/api/operator/operators", wish)).EnsureSuccessStatusCode();
        }

        var next = (await (await app.Owner.Get("/api/operator/operators?limit=1")).Json()).Text("next");

        Assert.Equal(200, (int)(await app.Owner.Get($"/api/operator/operators?cursor={next}")).StatusCode);
        foreach (var operation in app.Operations.Where(each => each.IsPaged && each.Id != "ListOperators"))
        {
            using var request = app.Request(operation, $"?cursor={next}");
            Assert.Equal(400, (await app.Send(request)).Status);
        }
    }
}

namespace Pond.Tests.Http;

/// <summary>Methods, paths and ids that lead nowhere.</summary>
public sealed class HostileRoutes(HostileApp app) : IClassFixture<HostileApp>
{
    private static readonly string[] Methods =
        ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "FOO", "get"];

    [Fact]
    public async Task Unknown_routes_are_not_found_by_any_method()
    {
        string[] paths = ["/api", "/api/", "/api/x", "/api/me/x", "/api/operator", "/api/openapi", "/api/%E4%BC%98%E6%83%A0"];
        var cases = new HostileCases("Unknown routes");
        foreach (var path in paths)
        {
            foreach (var method in Methods.Where(method => method != "HEAD"))
                cases.MustRefuse($"{method} {path}", await Send(method, path), path, IsNotFound);
        }

        cases.Done();
    }

    [Fact]
    public async Task A_wrong_method_is_a_405_that_says_what_is_allowed()
    {
        var (cases, before) = (new HostileCases("Wrong methods"), await app.Rows());
        foreach (var path in app.Operations.GroupBy(app.PathOf, operation => operation.Method.Method))
        {
            var allowed = string.Join(", ", path.Order(StringComparer.Ordinal));
            foreach (var method in Methods.Except(path, StringComparer.OrdinalIgnoreCase))
            {
                var answer = await Send(method, path.Key);
                cases.Check($"{method} {path.Key} allows {allowed}", answer.Headers.GetValueOrDefault("Allow") == allowed);
                if (method == "HEAD") cases.MustRefuseBare($"HEAD {path.Key}", answer); // an answer to it has no body
                else cases.MustRefuse($"{method} {path.Key}", answer, path.Key, IsWrongMethod);
            }
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task Ids_that_are_none_are_not_found()
    {
        var (alice, template) = (app.Alice.MemberId, app.TemplateId);
        string[] ids =
        [
            "x", "0", "-1", "null", "undefined", new('0', 25), new('0', 27), new('Z', 26), new('u', 26),
            new('a', 1_024),
            new('0', 4_000), template.ToUpperInvariant(), "a%2fb", "..%2f..%2fetc", "%2e%2e", "..;", "a%5cb", "%C0%AF", "op:x",
            "%E2%80%AE" + template, template + "%20", "%20" + template, template + ";x=1", template + "%3Fx",
            "%E4%BC%98",
            "'%20OR%201=1--", "%27", "$filter", "*", "{id}", "%25", "%", "%zz", "%ff%fe", "%F0%9F%98%80", "a|b", "a#b",
            "catalogue:coupons", "m:" + alice, $"{alice}:{template}", "%252e%252e%252f", "..%252f..%252fetc", "%2e%2e%2f%2e%2e%2f",
            template[..13].ToUpperInvariant() + template[13..], $"%2525{template}",
        ];
        var (cases, before) = (new HostileCases("Ids"), await app.Rows());
        foreach (var operation in app.Operations.Where(each => each.Path.Contains("Id}", StringComparison.Ordinal)))
        {
            var ofOtherKind = operation.Path.Contains("{memberId}", StringComparison.Ordinal) ? template : alice;
            foreach (var id in ids.Append(ofOtherKind))
                cases.MustRefuse($"{operation} {id}", await app.Raw(operation, PathWith(operation, id)), id, IsNoSuchThing);

            // The web server takes no NUL in a path.
            foreach (var id in new[] { "%00", template + "%00" })
                cases.MustRefuseBare($"{operation} {id}", await app.Raw(operation, PathWith(operation, id)));
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    [Theory]
    [InlineData("{code}"), InlineData("{token}"), InlineData("{queue}"), InlineData("{day}"), InlineData("{number}")]
    [InlineData("{shard}"), InlineData("{outTradeNo}")]
    public async Task Names_days_and_numbers_that_are_none_are_not_found(string parameter)
    {
        string[] names =
        [
            "x", "-1", "1e0", "01x", "+1", "%EF%BC%91", "99999999999999999999", "null", "undefined", new('a', 1_024),
            "a%2fb", "..%2f..%2fetc",
            "%2e%2e", "%252e%252e%252f", "a%5cb", "%C0%AF", "%27", "'%20OR%201=1--", "*", "%zz", "%ff%fe",
            "%F0%9F%98%80", "a|b",
            "2026-02-30", "2026-3-2", "20260302", "0001-01-01", "2026-03-02T00:00:00", "%EF%BC%92026-03-02",
            "audit-poison", "AUDIT", "a--b", "op:x",
            "m:" + app.Alice.MemberId, app.TemplateId, "$filter", "%E4%BC%98",
        ];
        var (cases, before) = (new HostileCases("Names"), await app.Rows());
        var operations = app.Operations.Where(each => each.Path.Contains(parameter, StringComparison.Ordinal)).ToArray();
        foreach (var operation in operations)
        {
            foreach (var name in names)
            {
                if (parameter == "{day}" && name == "0001-01-01") continue; // a day like any other, of which nothing is known
                var path = app.PathOf(operation with { Path = operation.Path.Replace(parameter, name, StringComparison.Ordinal) });
                cases.MustRefuse($"{operation} {name}", await app.Raw(operation, path), name, (status, _) => status is 400 or 404 or 405);
            }
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task Paths_that_climb_or_double_their_slashes_reach_nothing()
    {
        string[] paths =
        [
            "/api//me", "/api/me//points", "/api/me%2fpoints", "/api/%6De%2F", "/api/coupons/../operator//operators",
            "/api/operator%2foperators", "/api/..%2foperator/operators", "/api/;/me", "/api/me;/points",
            "/api/me/./../x",
            "/api/\\me", "/api/" + new string('a', 3_000),
        ];
        var cases = new HostileCases("Paths");
        foreach (var path in paths) cases.MustRefuse(path, await Send("GET", path), path, IsNotFound);

        // The web server answers these by itself: no byte of them reaches our code. Outside /api nothing is ours.
        string[] lines =
        [
            "GET /api/me%00x HTTP/1.1", "GET //api/me HTTP/1.1", "GET /apix HTTP/1.1", "GET /../etc/passwd HTTP/1.1",
            "GET api/me HTTP/1.1", $"GET /{new string('a', 9_000)} HTTP/1.1", "CONNECT /api/me HTTP/1.1", "GET /api/me",
            "CONNECT localhost:1 HTTP/1.1", "OPTIONS * HTTP/1.1", "G\u0001T /api/me HTTP/1.1",
            "GET /api/m\u0001e HTTP/1.1",
        ];
        foreach (var line in lines) cases.MustRefuseBare(line, await RawHttp.Send(app.Api.Address, line));
        cases.Done();
    }

    private static bool IsNotFound(int status, string code) => (status, code) == (404, "route.not_found");

    private static bool IsWrongMethod(int status, string code) => (status, code) == (405, "route.method");

    private static bool IsNoSuchThing(int status, string code) => status is 404 or 405;

    private string PathWith(ApiOperation operation, string id)
    {
        var (from, until) = (operation.Path.IndexOf('{', StringComparison.Ordinal), operation.Path.IndexOf('}', StringComparison.Ordinal));
        return app.PathOf(operation with { Path = operation.Path[..from] + id + operation.Path[(until + 1)..] });
    }

    private Task<RawAnswer> Send(string method, string path) =>
        RawHttp.Send(app.Api.Address, $"{method} {path} HTTP/1.1\r\nContent-Length: 0");
}

using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Pond.Orders;

namespace Pond.Tests.Http;

/// <summary>Bodies that are not the JSON that an operation takes.</summary>
public sealed class HostileBodies(HostileApp app) : IClassFixture<HostileApp>
{
    private const int BodyBytesMax = 64 * 1024;

    private static readonly string[] ServerOnlyFields =
        [
        "tier", "price", "payableFen", "version", "isAdmin", "claimedCount", "createdAt", "__proto__", "$type", "Name",
        "NAME",
        "",
    ];

    [Fact]
    public async Task Every_example_of_the_description_is_accepted()
    {
        await using var own = new OwnApp();
        await own.App.InitializeAsync();
        // The order comes first: what operators give would change its price.
        foreach (var operation in own.App.WithBody.OrderByDescending(each => each.Id == nameof(PlaceOrder)))
        {
            var answer = await own.App.Send(operation, own.App.BodyOf(operation).ToJsonString());
            Assert.True(answer.Status is >= 200 and < 300, $"{operation}: {answer.Status} {answer.Body}");
        }
    }

    [Fact]
    public async Task Malformed_json_is_refused_and_changes_nothing()
    {
        var (cases, before) = (new HostileCases("Malformed JSON"), await app.Rows());
        foreach (var operation in app.WithBody)
        {
            var valid = Encoding.UTF8.GetBytes(app.BodyOf(operation).ToJsonString());
            for (var bytes = 0; bytes < valid.Length; bytes++) await Refuse($"cut at {bytes}", valid[..bytes]);
            foreach (var (name, body) in Broken(app.BodyOf(operation))) await Refuse(name, body);

            async Task Refuse(string name, byte[] body) => cases.MustRefuse(
                $"{operation} {name}", await app.Send(operation, body), Encoding.Latin1.GetString(body), IsMalformed);
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task Unknown_doubled_and_missing_fields_are_refused_and_change_nothing()
    {
        var (cases, before) = (new HostileCases("Wrong fields"), await app.Rows());
        foreach (var operation in app.WithBody)
        {
            string[] others = [.. app.Operations.SelectMany(each => each.Fields.Keys).Distinct(), .. ServerOnlyFields];
            foreach (var unknown in others.Where(name => !operation.Fields.ContainsKey(name)))
            {
                var body = app.BodyOf(operation);
                body[unknown] = 1;
                await Refuse($"{operation} with {unknown}", body.ToJsonString());
            }

            var text = app.BodyOf(operation).ToJsonString();
            await Refuse($"{operation} with a long name", $"{{\"{new string('x', 300)}\":1,{text[1..]}");
            foreach (var (field, value) in app.BodyOf(operation))
            {
                var again = $"\"{field}\":{value?.ToJsonString() ?? "null"}";
                await Refuse($"{operation} with {field} twice", $"{{{again},{text[1..]}");
            }

            foreach (var field in operation.Required)
            {
                var body = app.BodyOf(operation);
                body.Remove(field);
                await Refuse($"{operation} without {field}", body.ToJsonString());
                body[field] = null;
                await Refuse($"{operation} with null for {field}", body.ToJsonString());
            }

            async Task Refuse(string name, string body) =>
                cases.MustRefuse(name, await app.Send(operation, body), body, IsMalformed);
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task Media_types_other_than_json_in_utf8_are_refused()
    {
        string?[] types =
        [
            null, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json",
            "application/json; charset=utf-16", "application/json; charset=gbk", "application/json; charset=iso-8859-1",
            "application/json, application/json", "application/xml", "application/json/x", "*/*", "application/jsonx",
            "application/problem", new string('a', 5_000), "应用/json", "application/json\t;;",
        ];
        var (cases, before) = (new HostileCases("Media types"), await app.Rows());
        foreach (var operation in app.WithBody)
        {
            var body = Encoding.UTF8.GetBytes(app.BodyOf(operation).ToJsonString());
            foreach (var type in types)
            {
                var head = $"{operation.Method} {app.PathOf(operation)} HTTP/1.1\r\nContent-Length: {body.Length}"
                    + (type is null ? "" : $"\r\nContent-Type: {type}") + Credential(operation);
                var answer = await RawHttp.Send(app.Api.Address, head, body);
                cases.MustRefuse($"{operation} as {type}", answer, type ?? "", (status, _) => status is 415);
            }
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task A_charset_may_be_written_in_any_case()
    {
        var operation = app.WithBody.Single(each => each.Id == "UpdateMe");
        foreach (var charset in new[] { "utf-8", "UTF-8", "Utf-8", "\"utf-8\"", "\"UTF-8\"" })
        {
            var answer = await app.Send(operation, "{}"u8.ToArray(), $"application/json; charset={charset}");
            Assert.True(answer.Status == 200, $"{charset}: {answer.Status}");
        }
    }

    [Fact]
    public async Task Bodies_over_64_KiB_are_refused_whole_and_chunked_and_those_of_64_KiB_are_read()
    {
        var (cases, before) = (new HostileCases("Sizes"), await app.Rows());
        foreach (var operation in app.WithBody)
        {
            var valid = app.BodyOf(operation).ToJsonString();
            foreach (var bytes in new[] { BodyBytesMax + 1, BodyBytesMax + 2, 200_000, 10_000_000 })
            {
                var body = Encoding.UTF8.GetBytes(valid.PadRight(bytes));
                var head = $"{operation.Method} {app.PathOf(operation)} HTTP/1.1\r\nContent-Type: application/json"
                    + Credential(operation);
                var whole = await RawHttp.Send(app.Api.Address, $"{head}\r\nContent-Length: {body.Length}", body);
                var chunked = await RawHttp.Send(
                    app.Api.Address, $"{head}\r\nTransfer-Encoding: chunked", Chunked(body));
                cases.MustRefuse($"{operation} {bytes} whole", whole, "", (status, _) => status == 413);
                cases.MustRefuse($"{operation} {bytes} chunked", chunked, "", (status, _) => status == 413);
            }

            // Full, and wrong at its very last byte: it was read to there.
            var full = valid.PadRight(BodyBytesMax - 1) + "x";
            cases.MustRefuse($"{operation} full", await app.Send(operation, full), "", IsMalformed);
            var filled = $"{{\"x\":\"{new string('x', BodyBytesMax - 8)}\"}}";
            cases.MustRefuse($"{operation} filled", await app.Send(operation, filled), filled, IsMalformed);
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    private static bool IsMalformed(int status, string code) =>
        status == 400 && code is "request.malformed" or "request.invalid";

    private string Credential(ApiOperation operation) =>
        (app.CredentialOf(operation) is { } credential ? $"\r\nAuthorization: Bearer {credential}" : "")
        + (operation.NeedsKey ? $"\r\nIdempotency-Key: {Phone.NewKey()}" : "");

    private static byte[] Chunked(byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8];

    private static IEnumerable<(string Name, byte[] Body)> Broken(JsonObject valid)
    {
        var text = valid.ToJsonString();
        var (first, inner) = (valid.First().Key, text[1..^1]);
        string[] texts =
        [
            $"{{{inner},}}", $"{{,{inner}}}", $"{text}{text}", $"{text},", $"{text}]", $"[{text}]", $"/* c */{text}",
            $"{text}// c",
            $"\uFEFF{text}", "null", "true", "0", "\"\"", "[]", "{", "}", "[", "\0", " ", "\u00a0", "undefined", "NaN",
            "{}{}",
            text.Replace('"', '\''), $"{{{first}:1}}", $"{{\"{first}\":NaN}}", $"{{\"{first}\":Infinity}}",
            $"{{\"{first}\":-}}",
            $"{{\"{first}\":0x10}}", $"{{\"{first}\":01}}", $"{{\"{first}\":.5}}", $"{{\"{first}\":1.}}",
            $"{{\"{first}\":+1}}",
            $"{{\"{first}\":\"\\ud800\"}}", $"{{\"{first}\":\"\\udc00\\ud800\"}}", $"{{\"\\ud800\":1}}",
            $"{{\"{first}\":\"\\x41\"}}",
            $"{{\"{first}\":\"\\u12\"}}", $"{{\"{first}\":\"a\nb\"}}", $"{{\"{first}\":\"\t\"}}", $"{{\"{first}\" 1}}",
            $"{{\"{first}\"=1}}",
            new string('[', 10_000), $"{{\"{first}\":{Nested('[', ']', 17)}}}", $"{{\"x\":{Nested('[', ']', 60)}}}",
            string.Concat(Enumerable.Repeat("{\"x\":", 5_000)), $"{{\"{first}\":{new string('9', 60_000)}}}",
            $"{{\"{first}\":1e999999999}}",
            $"{{{string.Join(',', Enumerable.Range(0, 5_000).Select(_ => "\"x\":1"))}}}",
        ];
        foreach (var broken in texts) yield return (broken, Encoding.UTF8.GetBytes(broken));
        yield return ("UTF-16", Encoding.Unicode.GetBytes(text));
        yield return ("UTF-16 BOM", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]);
        yield return ("UTF-32", Encoding.UTF32.GetBytes(text));
        yield return ("gzip", Gzip(text));
        foreach (var hex in new[] { "C0AF", "EDA080", "F5808080", "FF", "E4B8", "D0A1C3" })
        {
            var start = Encoding.UTF8.GetBytes($"{{\"{first}\":\"");
            yield return ($"bytes {hex}", [.. start, .. Convert.FromHexString(hex), .. "\"}"u8]);
        }
    }

    private static string Nested(char open, char close, int depth) =>
        new string(open, depth) + new string(close, depth);

    private static byte[] Gzip(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    /// <summary>An app that a test may change.</summary>
    private sealed class OwnApp : IAsyncDisposable
    {
        public HostileApp App { get; } = new();

        public async ValueTask DisposeAsync() => await App.DisposeAsync();
    }
}

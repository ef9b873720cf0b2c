using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pond.Products;
using Pond.Tests.Coupons;

namespace Pond.Tests.Http;

/// <summary>Text that means something to a database, a template, a browser, a table program or another alphabet.</summary>
public sealed class HostileTexts(HostileApp app) : IClassFixture<HostileApp>
{
    private static readonly string[] Injections =
    [
        "' or 1=1 --", "'; drop table stored_row; --", "\" or \"\"=\"", "') or ('1'='1", "1; select pg_sleep(9)",
        "' union select 1 --",
        "PartitionKey ge 'm'", "x' and RowKey ge '", "$filter=true or 1 eq 1", "') or (PartitionKey ne '",
        "%27%20or%201%3D1",
        "{\"$gt\":\"\"}", "{$ne:null}", "[$regex]=.*", "*)(uid=*))(|(uid=*", "admin)(&)", "{{7*7}}", "${7*7}",
        "#{7*7}", "<%= 7*7 %>",
        "${jndi:ldap://127.0.0.1/a}", "{{constructor.constructor('x')()}}", "@(1+1)", "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>", "javascript:alert(1)", "[a](javascript:alert(1))",
        "data:text/html;base64,PHM+", "<!--#exec cmd=\"id\"-->", "<?xml version=\"1.0\"?><!DOCTYPE a>", "&lt;b&gt;",
        "=1+1", "+1+1", "-1+1",
        "@SUM(A1)", "＝1+1", "＋1", "－1", "＠A1", "=HYPERLINK(\"http://x\")", "=cmd|'/c calc'!A0", "a\",\"b", "a;b",
        "%s%s%s%n", "$(id)",
        "`id`", "&& id", "| id", "../../../etc/passwd", "..\\..\\win.ini", "file:///etc/passwd", "C:\\x", "con",
        "nul.txt", "a%00b", "%0d%0aX:1",
        "Set-Cookie: a=b", "http://169.254.169.254/latest", "\\\\host\\share", "null", "undefined", "NaN", "true",
        "[object Object]",
    ];

    /// <summary>What looks like something of ours in another script or width.</summary>
    private static readonly string[] ChineseTexts =
    [
        "１００", "满３０减５", "優惠券", "龍井茶", "龙丼", "𠮷野家", "𪚥𪚥", "辻󠄀", "葛󠄁", "㐀㐁", "𫝀", "𬌗", "𰻞面", "ｌｏｎｇｊｉｎｇ", "ａｂｃ", "，。；",
        "〇一二",
        "壹佰圆", "￥１", "¥1", "𝟏𝟐", "①②", "Ⅷ", "㎏", "㍿", "ﬁ", "カタカナ", "ｶﾀｶﾅ", "한글", "тест", "αβγ",
    ];

    /// <summary>Addresses that a server must not fetch; this one fetches none, and takes only plain https.</summary>
    private static readonly string[] NoImages =
    [
        "http://img.example.com/a.jpg", "ftp://a/b", "file:///etc/passwd", "//a/b.jpg", "a.jpg", "/a.jpg", "", " ",
        "javascript:alert(1)",
        "data:image/png;base64,AA", "https://", "https:///a", "https://user:pass@a/b.jpg", "https://user@a/b.jpg",
        "https://a b/c", "https://图/龙.jpg",
        "https://a/\u202egpj.exe", "https://a/\u0000", "https:\\\\a\\b", "gopher://127.0.0.1:6379/_",
        "jar:https://a!/b", "dict://a:1/",
        "HTTP://169.254.169.254/", "ldap://a", "https://a/" + new string('a', 500), "blob:https://a/b", "about:blank",
        "vbscript:x", "ws://a", "https:a",
    ];

    [Fact]
    public async Task Text_that_means_something_elsewhere_means_nothing_here()
    {
        var cases = new HostileCases("Injections");
        foreach (var text in Injections) await Fill(cases, text);
        cases.Done();
    }

    [Fact]
    public async Task Text_of_rare_or_wide_characters_is_taken_or_refused_but_never_fails()
    {
        var cases = new HostileCases("Chinese texts");
        foreach (var text in ChineseTexts) await Fill(cases, text);
        cases.Done();
    }

    [Fact]
    public async Task Chinese_in_another_encoding_is_refused()
    {
        var (cases, before) = (new HostileCases("Other encodings"), await app.Rows());
        foreach (var operation in app.WithBody)
        {
            foreach (var (field, _) in operation.Fields.Where(field => IsText(field.Value)))
            {
                var body = app.BodyOf(operation);
                body[field] = "here";
                var text = body.ToJsonString();
                var at = text.IndexOf("here", StringComparison.Ordinal);
                foreach (var hex in new[] { "C2FABCF5", "B5C7C2BC", "A4A4A4E5", "82A082A2", "8130843000" }) // GBK, Big5, Shift-JIS, GB 18030
                {
                    byte[] bytes =
                    [
                        .. Encoding.UTF8.GetBytes(text[..at]), .. Convert.FromHexString(hex), .. Encoding.UTF8.GetBytes(text[(at + 4)..]),
                    ];
                    cases.MustRefuse($"{operation}.{field} {hex}", await app.Send(operation, bytes), "", (status, _) => status == 400);
                }
            }
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task A_code_in_look_alike_letters_is_no_other_code()
    {
        var cases = new HostileCases("Look-alikes");
        var code = (await app.Api.CodesOf(await app.Api.PublishTemplate(), 1)).Single();
        var rows = await app.Rows();
        foreach (var (letter, index) in code.Select((letter, index) => (letter, index)).Where(each => each.letter != '-'))
        {
            foreach (var other in new[] { $"{(char)(letter + 0xFEE0)}", "\u0410", "Ｏ", "０", "\u200b", "%", "'", "\u0000", "√" })
            {
                var looksLike = code[..index] + other + code[(index + 1)..];
                if (other == "\u0000") looksLike = code[..index] + "%2500" + code[(index + 1)..];
                var answer = await app.Alice.Post(CodeSteps.RedemptionsOf(looksLike));
                cases.MustRefuse(
                    looksLike, await RawAnswer.Of(answer), looksLike, (status, _) => status is 400 or 404 or 429);
            }
        }

        cases.Done();
        Assert.Equal(rows, await app.Rows());
    }

    [Fact]
    public async Task Images_are_plain_https_addresses()
    {
        var (cases, before) = (new HostileCases("Image addresses"), await app.Rows());
        foreach (var operation in app.WithBody.Where(each => each.Id is nameof(CreateProduct) or nameof(ReplaceProduct)))
        {
            foreach (var url in NoImages)
            {
                var body = app.BodyOf(operation);
                body["imageUrls"] = new JsonArray(url);
                var text = body.ToJsonString();
                cases.MustRefuse($"{operation} {url}", await app.Send(operation, text), text, (status, _) => status == 400);
            }
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    // In every text of the body at once; so a request may be refused for any of them.
    private async Task Fill(HostileCases cases, string text)
    {
        foreach (var operation in app.WithBody)
        {
            var body = app.BodyOf(operation);
            foreach (var field in operation.Fields.Where(field => IsText(field.Value)).Select(field => field.Key)) body[field] = text;
            var sent = body.ToJsonString();
            var answer = await app.Send(operation, sent);
            cases.MayRefuse($"{operation} {text}", answer, sent);
            if (answer.Status < 300 && answer.Body.Length > 0 && answer.MediaType == "application/json")
                cases.Check($"{operation} {text} is no JSON", IsJson(answer.Body));
        }
    }

    private static bool IsText(JsonObject field) => field["maxLength"] is not null && field["enum"] is null && field["format"] is null;

    private static bool IsJson(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.ValueKind is JsonValueKind.Object;
    }
}

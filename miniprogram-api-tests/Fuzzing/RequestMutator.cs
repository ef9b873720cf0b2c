using System.Text;
using Pond.Tests.Http;

namespace Pond.Tests.Fuzzing;

/// <summary>Changes one part of a request, or two.</summary>
internal sealed class RequestMutator(Random random, FuzzWorld world)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "post", "FOO"];

    private static readonly string[] ContentTypes =
    [
        "application/json; charset=utf-8", "text/json", "text/plain", "application/json; charset=gbk", "text/csv",
        "application/json, text/csv", "application/merge-patch+json", "application/json;;", "multipart/form-data",
        "x", "",
    ];

    private static readonly string[] HeaderNames =
    [
        "X-Forwarded-For", "X-Original-URL", "X-HTTP-Method-Override", "Accept", "Accept-Language", "Cookie",
        "If-Match",
        "Range", "Origin", "traceparent", "tracestate", "baggage", "Wechatpay-Signature", "Wechatpay-Serial", "Prefer",
        "X-MS-CLIENT-PRINCIPAL", "Idempotency-Key", "Content-Encoding", "Date", "Referer",
    ];

    private static readonly string[] QueryNames =
        ["limit", "cursor", "day", "state", "from", "until", "$filter", "limit[]", "Limit", "fields", "_", "callback"];

    private readonly List<string> usedKeys = [];

    public FuzzRequest Mutate(ApiOperation operation, FuzzRequest valid, Func<byte[], byte[]> mutatedBody)
    {
        var changed = valid;
        for (var changes = random.Next(5) == 0 ? 2 : 1; changes > 0; changes--) changed = Change(operation, changed, mutatedBody);
        if (valid.Key is { } key) usedKeys.Add(key);
        return changed;
    }

    private FuzzRequest Change(ApiOperation operation, FuzzRequest request, Func<byte[], byte[]> mutatedBody)
    {
        // Where there is a body, it is what most of the rules are about.
        if (request.Body is not null && random.Next(3) > 0) return request with { Body = mutatedBody(request.Body) };
        return random.Next(10) switch
        {
            0 or 1 or 2 => request with { Path = Path(request.Path) },
            3 or 4 when operation.Method == HttpMethod.Get => request with { Query = Query(request.Query) },
            3 => request with { Query = Query(request.Query) },
            4 or 5 when operation.NeedsKey => request with { Key = Key() },
            6 => request with { Token = Token(request.Token) },
            7 => request with { Headers = [.. request.Headers, (Pick(HeaderNames), Printable(Pick(HostileValues.Texts)))] },
            8 when request.Body is not null => request with { ContentType = Pick(ContentTypes) },
            8 => request with { Body = Encoding.UTF8.GetBytes(Pick(HostileValues.Tokens)) },
            9 when random.Next(3) == 0 => request with { Method = Pick(Methods) },
            _ => request with { Path = Path(request.Path), Query = Query(request.Query) },
        };
    }

    private string Path(string path)
    {
        var parts = path.Split('/').ToList();
        if (parts.Count <= 2) return path + "/" + Pick(world.Ids);
        var at = random.Next(2, parts.Count); // "/api" stays: outside of it nothing is ours
        switch (random.Next(12))
        {
            case 0: parts.RemoveAt(at); break;
            case 1: parts.Insert(at, parts[at]); break;
            case 2: parts[at] = Pick(HostileValues.Texts).Replace("%00", "%01", StringComparison.Ordinal); break;
            case 3: parts[at] = parts[at].ToUpperInvariant(); break;
            case 4: parts[at] = string.Concat(parts[at].Select(letter => $"%{(int)letter:x2}")); break;
            case 5: parts[at] = string.Concat(parts[at].Select(letter => $"%25{(int)letter:x2}")); break;
            case 6: parts[at] += Pick(["%2f", "%20", ";x=1", "%09", ".", "~", "/", "%e2%80%8b", "%5c", ".json"]); break;
            case 7: parts[at] = parts[at][..random.Next(parts[at].Length + 1)]; break;
            case 8: parts[at] = new string('a', random.Next(1, 1_100)); break;
            default: parts[^random.Next(1, Math.Min(3, parts.Count - 2) + 1)] = Pick(world.Ids); break;
        }

        return string.Join('/', parts);
    }

    private string Query(string query)
    {
        var value = random.Next(4) switch
        {
            0 => Pick(world.Cursors),
            1 => $"{random.Next(-1, 102)}",
            2 => Pick(world.Ids),
            _ => Pick(HostileValues.Texts),
        };
        var separator = query.Length == 0 ? "?" : "&";
        return $"{query}{separator}{Pick(QueryNames)}={(random.Next(2) == 0 ? value : Uri.EscapeDataString(value))}";
    }

    private string? Key() => random.Next(6) switch
    {
        0 => null,
        1 => Printable(Pick(HostileValues.Texts)),
        2 => new string('k', random.Next(80)),
        3 => Pick(world.Ids),
        _ => usedKeys.Count == 0 ? Phone.NewKey() : Pick(usedKeys), // with another body, or the same
    };

    private string? Token(string? token)
    {
        var genuine = token is null ? Pick(world.Tokens()) : token;
        var at = random.Next(genuine.Length);
        return random.Next(7) switch
        {
            0 => null,
            1 => "Bearer",
            2 => genuine[..at],
            3 => genuine[..at] + (genuine[at] == 'A' ? 'B' : 'A') + genuine[(at + 1)..],
            4 => "Bearer " + Printable(Pick(HostileValues.Texts)),
            5 => genuine.Replace("Bearer", "bearer", StringComparison.Ordinal),
            _ => Pick(world.Tokens()),
        };
    }

    private static string Printable(string text) =>
        string.Concat(text.Where(letter => letter >= ' ' && !char.IsSurrogate(letter)));

    private T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}

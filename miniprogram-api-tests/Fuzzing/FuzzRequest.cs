using System.Text;

namespace Pond.Tests.Fuzzing;

/// <summary>A request before it is sent, for changes in any part.</summary>
internal sealed record FuzzRequest(string Method, string Path, string Query, string? Token, string? Key, byte[]? Body)
{
    private const int CharsShown = 600;

    public string ContentType { get; init; } = "application/json";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public HttpRequestMessage ToHttp(Uri address)
    {
        // As it is: whatever a client would mend on its way is to reach the app.
        var asItIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var request = new HttpRequestMessage(
            new HttpMethod(Method), new Uri($"http://{address.Authority}{Ascii(Path)}{Ascii(Query)}", asItIs));
        if (Token is not null) request.Headers.TryAddWithoutValidation("Authorization", Token);
        if (Key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", Key);
        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        if (Body is null) return request;
        request.Content = new ByteArrayContent(Body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        return request;
    }

    /// <summary>Whether the text stands in it, anywhere.</summary>
    public bool Holds(string text) =>
        $"{Path}{Query}{Token}{Key}{(Body is null ? "" : Encoding.UTF8.GetString(Body))}".Contains(text, StringComparison.Ordinal);

    /// <summary>Enough of it to send it again by hand.</summary>
    public override string ToString()
    {
        var body = Body is null ? "" : Encoding.UTF8.GetString(Body);
        var headers = string.Join(' ', Headers.Select(header => $"[{header.Name}: {header.Value}]"));
        var text = $"{Method} {Path}{Query} [{Token}] [{Key}] [{ContentType}] {headers} {body}";
        return text.Length <= CharsShown ? text : text[..CharsShown] + "…";
    }

    // What HTTP cannot carry in a request line goes in percents.
    private static string Ascii(string text) => string.Concat(text.Select(
        letter => letter is > ' ' and <= '~' and not '#' ? $"{letter}" : Uri.EscapeDataString(
            char.IsSurrogate(letter) ? "\ufffd" : $"{letter}")));
}

using System.Net.Sockets;
using System.Text;

namespace Pond.Tests.Http;

/// <summary>Sends bytes as they are, for requests that no well-behaved client would send.</summary>
public static class RawHttp
{
    private const string LastHeaders = "Host: localhost\r\nConnection: close";

    /// <summary>What a test waits for an answer: a hang is a failure, not a delay.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends a head with <c>Connection: close</c> and a body, and reads until the server hangs up.</summary>
    /// <param name="head">The request line and the header lines, without the empty line at the end.</param>
    public static Task<RawAnswer> Send(Uri address, string head, byte[]? body = null) =>
        Send(address, [.. Encoding.UTF8.GetBytes($"{head}\r\n{LastHeaders}\r\n\r\n"), .. body ?? []]);

    public static async Task<RawAnswer> Send(Uri address, byte[] request)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, limit.Token);
        var stream = client.GetStream();
        var sending = Write(stream, request, limit.Token);
        var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (IOException) when (answer.Length > 0)
        {
            // A server that answers before it has read a large body resets the connection afterwards.
        }

        await sending;
        return RawAnswer.Parse(answer.ToArray());
    }

    private static async Task Write(NetworkStream stream, byte[] request, CancellationToken cancel)
    {
        try
        {
            await stream.WriteAsync(request, cancel);
        }
        catch (IOException)
        {
            // As above: the answer is there already.
        }
    }
}

/// <summary>An answer as it came.</summary>
/// <param name="Status">0 when the server hung up without one.</param>
public sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The same of a client that reads answers.</summary>
    public static async Task<RawAnswer> Of(HttpResponseMessage answer) => new(
        (int)answer.StatusCode,
        answer.Headers.Concat(answer.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        await answer.Content.ReadAsStringAsync());

    public static RawAnswer Parse(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return new RawAnswer(0, new Dictionary<string, string>(), text);

        var lines = text[..end].Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(line => line[0], line => line[^1], StringComparer.OrdinalIgnoreCase);
        var body = headers.ContainsKey("Transfer-Encoding") ? Unchunked(text[(end + 4)..]) : text[(end + 4)..];
        return new RawAnswer(int.Parse(lines[0].Split(' ')[1]), headers, body);
    }

    /// <summary>Good enough for answers of one chunk, which problems are.</summary>
    private static string Unchunked(string body)
    {
        var start = body.IndexOf("\r\n", StringComparison.Ordinal) + 2;
        var end = body.LastIndexOf("\r\n0\r\n", StringComparison.Ordinal);
        return start > 1 && end >= start ? body[start..end] : "";
    }

    public string? MediaType => Headers.GetValueOrDefault("Content-Type")?.Split(';')[0];
}

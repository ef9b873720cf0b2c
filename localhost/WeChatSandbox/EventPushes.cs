using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Tells the app what shoppers answer, as WeChat's message push does.</summary>
public sealed class EventPushes : IDisposable
{
    public const string Path = "/api/wechat/events";

    private const string OriginalId = "gh_0123456789ab";
    private const int BlockBytes = 32;
    private const int RandomBytes = 16;

    private readonly SandboxOptions options;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    internal EventPushes(SandboxOptions options, TimeProvider clock, HttpMessageHandler? network)
    {
        (this.options, this.clock) = (options, clock);
        http = new(network ?? new SocketsHttpHandler { AllowAutoRedirect = false });
    }

    public void Dispose() => http.Dispose();

    /// <summary>The shopper has answered the question.</summary>
    /// <param name="answers">By template: accept or reject.</param>
    public string Popup(string openId, params IReadOnlyList<(string TemplateId, string Status)> answers) =>
        Body(openId, "subscribe_msg_popup_event", answers);

    /// <summary>The shopper has changed their mind in WeChat's settings.</summary>
    public string Change(string openId, params IReadOnlyList<(string TemplateId, string Status)> answers) =>
        Body(openId, "subscribe_msg_change_event", answers);

    /// <summary>The request by which WeChat carries a body to the app: encrypted where it has a key.</summary>
    public HttpRequestMessage Request(Uri app, string body)
    {
        var push = options.Push ?? throw new InvalidOperationException("The sandbox pushes nothing: no token.");
        var (timestamp, nonce) = (
            clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            RandomNumberGenerator.GetHexString(10));
        var query = $"signature={Signature(push.Token, timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}";
        if (push.AesKey is { Length: > 0 } key)
        {
            var encrypted = Encrypt(body, key);
            query += $"&encrypt_type=aes&msg_signature={Signature(push.Token, timestamp, nonce, encrypted)}";
            body = JsonSerializer.Serialize(new { ToUserName = OriginalId, Encrypt = encrypted });
        }

        return new(HttpMethod.Post, new Uri(app, $"{Path}?{query}"))
        {
            Content = new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json),
        };
    }

    /// <summary>Carries it there, once.</summary>
    /// <returns>Null when there was no answer.</returns>
    public async Task<HttpStatusCode?> Push(Uri app, string body, CancellationToken cancel)
    {
        using var request = Request(app, body);
        try
        {
            using var response = await http.SendAsync(request, cancel);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    // One item alone is no list with WeChat.
    private string Body(string openId, string name, IReadOnlyList<(string TemplateId, string Status)> answers)
    {
        var items = answers.Select(answer => new
        {
            answer.TemplateId,
            SubscribeStatusString = answer.Status,
            PopupScene = "0",
        }).ToArray();
        return JsonSerializer.Serialize(new
        {
            ToUserName = OriginalId,
            FromUserName = openId,
            CreateTime = clock.GetUtcNow().ToUnixTimeSeconds(),
            MsgType = "event",
            Event = name,
            List = items.Length == 1 ? (object)items[0] : items,
        });
    }

    private string Encrypt(string body, string encodingAesKey)
    {
        var key = Convert.FromBase64String(encodingAesKey + "=");
        var text = Encoding.UTF8.GetBytes(body);
        var length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)text.Length);
        byte[] content =
            [.. RandomNumberGenerator.GetBytes(RandomBytes), .. length, .. text, .. Encoding.UTF8.GetBytes(options.AppId)];
        var pad = BlockBytes - (content.Length % BlockBytes);
        byte[] padded = [.. content, .. Enumerable.Repeat((byte)pad, pad)];
        using var aes = Aes.Create();
        aes.Key = key;
        return Convert.ToBase64String(aes.EncryptCbc(padded, key.AsSpan(0, RandomBytes), PaddingMode.None));
    }

    private static string Signature(params string[] parts)
    {
        Array.Sort(parts, StringComparer.Ordinal);
#pragma warning disable CA5350 // WeChat signs by SHA-1 and by nothing else
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
#pragma warning restore CA5350
    }
}

/// <summary>How WeChat pushes events to the app.</summary>
/// <param name="AesKey">EncodingAESKey; null for plain.</param>
public sealed record SandboxPush(string Token, string? AesKey);

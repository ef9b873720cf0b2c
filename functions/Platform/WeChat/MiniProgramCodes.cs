using System.Net;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Pond.Platform.WeChat;

/// <summary>Lets WeChat draw mini-program codes, of which there can be any number.</summary>
/// <remarks>
/// Source: developers.weixin.qq.com, 获取不限制的小程序码, <c>getwxacodeunlimit</c>. Nothing is tried again here but a
/// token: whoever wants a code waits on a queue. Addresses hold the token, so only errcodes and rids are logged.
/// </remarks>
public sealed partial class MiniProgramCodes(HttpClient http, AccessTokens tokens, ILogger<MiniProgramCodes> log)
{
    /// <summary>Of a picture. One of 1,280 pixels has a third of that.</summary>
    public const int ImageBytesMax = 512 * 1024;

    public const int WidthMin = 280;
    public const int WidthMax = 1_280;

    /// <summary>Of one try, picture included.</summary>
    public static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(10);

    private const string Path = "wxa/getwxacodeunlimit";

    /// <param name="scene">1 … 32 characters: digits, ASCII letters and <c>!#$&amp;'()*+,/:;=?@-._~</c>.</param>
    /// <param name="page">Of the released mini-program, without a leading slash and without a query.</param>
    /// <param name="widthPx"><see cref="WidthMin"/> … <see cref="WidthMax"/>.</param>
    public async Task<CodeOutcome> Draw(string scene, string page, int widthPx, CancellationToken cancel)
    {
        var (outcome, refusedToken) = await Try(scene, page, widthPx, cancel);
        if (refusedToken is null) return outcome;
        tokens.Forget(refusedToken);
        return (await Try(scene, page, widthPx, cancel)).Outcome;
    }

    private async Task<(CodeOutcome Outcome, string? RefusedToken)> Try(
        string scene, string page, int widthPx, CancellationToken cancel)
    {
        if (await tokens.Current(cancel) is not TokenOutcome.Ready ready) return (new CodeOutcome.Busy(), null);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"{Path}?access_token={Uri.EscapeDataString(ready.Token)}");
        // The body is of known length: WeChat turns a chunked one away with HTTP 412.
        request.Content = new ByteArrayContent(
            JsonSerializer.SerializeToUtf8Bytes(new { scene, page, width = widthPx }));
        request.Content.Headers.ContentType = new(MediaTypeNames.Application.Json);
        try
        {
            using var response = await http.SendAsync(request, cancel);
            if (response.StatusCode == HttpStatusCode.OK)
                return Judge(await response.Content.ReadAsByteArrayAsync(cancel), ready.Token);
            OddStatus((int)response.StatusCode);
        }
        catch (HttpRequestException failure)
        {
            NoAnswer(failure.HttpRequestError);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            Late();
        }

        return (new CodeOutcome.Busy(), null);
    }

    // Picture or JSON: the content type does not tell them apart, the first bytes do.
    private (CodeOutcome Outcome, string? RefusedToken) Judge(byte[] body, string token)
    {
        if (MediaTypeOf(body) is { } mediaType) return (new CodeOutcome.Drawn(body, mediaType), null);
        if (WeChatAnswer.Parse(body) is not { } answer)
        {
            NotUnderstood();
            return (new CodeOutcome.Busy(), null);
        }

        switch (answer.ErrCode)
        {
            case 40001 or 40014 or 42001:
                return (new CodeOutcome.Busy(), token);
            case WeChatAnswer.SystemBusy or 45009 or 45011: // too many calls: 5,000 a minute
                return (new CodeOutcome.Busy(), null);
            case 40097 or 40129 or 40169 or 41030 or 47001 or 85096: // scene, page or width
                Refused(answer.ErrCode, answer.Rid);
                return (new CodeOutcome.Refused(answer.ErrCode), null);
            default:
                Misconfigured(answer.ErrCode, answer.Rid);
                return (new CodeOutcome.Busy(), null);
        }
    }

    private static string? MediaTypeOf(ReadOnlySpan<byte> body) =>
        body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? MediaTypeNames.Image.Jpeg
        : body.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? MediaTypeNames.Image.Png
        : null;

    [LoggerMessage(LogLevel.Warning, "WeChat answers a wish for a code with HTTP {Status}")]
    private partial void OddStatus(int status);

    [LoggerMessage(LogLevel.Warning, "WeChat does not answer a wish for a code: {Error}")]
    private partial void NoAnswer(HttpRequestError error);

    [LoggerMessage(LogLevel.Warning, "WeChat does not draw a code in time")]
    private partial void Late();

    [LoggerMessage(LogLevel.Warning, "WeChat answers a wish for a code with neither a picture nor JSON")]
    private partial void NotUnderstood();

    [LoggerMessage(LogLevel.Error, "WeChat refuses a code with errcode {ErrCode} (rid {Rid})")]
    private partial void Refused(int errCode, string rid);

    [LoggerMessage(LogLevel.Error, "WeChat draws no codes: errcode {ErrCode} (rid {Rid}); check the settings")]
    private partial void Misconfigured(int errCode, string rid);
}

/// <summary>What became of the wish for a code.</summary>
public abstract record CodeOutcome
{
    private CodeOutcome()
    {
    }

    public sealed record Drawn(byte[] Image, string MediaType) : CodeOutcome;

    /// <summary>No for good: the page is not released, or scene or width are wrong.</summary>
    public sealed record Refused(int ErrCode) : CodeOutcome;

    /// <summary>No answer that can be used, or too many calls: try again later.</summary>
    public sealed record Busy : CodeOutcome;
}

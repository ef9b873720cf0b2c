using System.Globalization;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>A request to WeChat Pay with its bytes as they came, and the answer to it.</summary>
internal sealed class PayCall(HttpContext http, byte[] body, PlatformKeys keys, TimeProvider clock)
{
    public const int BodyBytesMax = 64 * 1024;

    private const string UnknownSerial = "7777777777777777777777777777777777777777";
    private const int NonceChars = 32;

    public HttpContext Http => http;

    public byte[] Body => body;

    /// <summary>Path and query, not decoded.</summary>
    public string Target => http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    /// <summary>How the script wants this call's answer to go wrong, or null.</summary>
    public FailureKind? Twist => http.Items.TryGetValue(typeof(FailureKind), out var kind) ? (FailureKind)kind! : null;

    public static async Task<PayCall> Read(HttpContext http, PlatformKeys keys, TimeProvider clock)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return new(http, body.ToArray(), keys, clock);
    }

    /// <summary>A part of the path.</summary>
    public string Route(string name) => (string)http.Request.RouteValues[name]!;

    /// <exception cref="PayException">It is not there.</exception>
    public string Query(string name) => http.Request.Query[name].ToString() is { Length: > 0 } value
        ? value
        : throw new PayException(PayError.Param($"/query/{name}", "是必填参数", "query"));

    /// <summary>Signed, as every answer that tells of success.</summary>
    public Task Answer(object news) => Send(StatusCodes.Status200OK, PayJson.Of(news), isSigned: true);

    public Task AnswerNothing() => Send(StatusCodes.Status204NoContent, "", isSigned: true);

    public Task Fail(PayError error) => Send(
        error.Status,
        PayJson.Of(new { code = error.Code, message = error.Message, detail = error.Detail }),
        isSigned: false);

    /// <summary>A file, which nobody signs.</summary>
    public Task AnswerFile(byte[] file)
    {
        http.Response.ContentType = "text/plain";
        return http.Response.Body.WriteAsync(file, http.RequestAborted).AsTask();
    }

    private async Task Send(int status, string text, bool isSigned)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.Headers["Request-ID"] = $"08{RandomNumberGenerator.GetHexString(30)}-{(isSigned ? 0 : 268435462)}";
        if (isSigned)
            Sign(text);
        if (text.Length == 0) return;
        response.ContentType = $"{MediaTypeNames.Application.Json}; charset=utf-8";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), http.RequestAborted);
    }

    private void Sign(string text)
    {
        var headers = http.Response.Headers;
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = RandomNumberGenerator.GetHexString(NonceChars, lowercase: true);
        var signed = Twist == FailureKind.WrongSignature ? text + " " : text;
        var (serial, signature) = keys.Sign($"{timestamp}\n{nonce}\n{signed}\n", http.Request.Headers["Wechatpay-Serial"]);
        headers["Wechatpay-Timestamp"] = timestamp;
        headers["Wechatpay-Nonce"] = nonce;
        headers["Wechatpay-Signature"] = signature;
        headers["Wechatpay-Signature-Type"] = "WECHATPAY2-SHA256-RSA2048";
        headers["Wechatpay-Serial"] = Twist == FailureKind.UnknownSerial ? UnknownSerial : serial;
    }
}

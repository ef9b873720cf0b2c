using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Pond.Platform.WeChat.Pay;

/// <summary>What came back, as it came.</summary>
/// <remarks>Not a record: a record would print its body.</remarks>
public sealed partial class PayReply
{
    public const string SerialHeader = "Wechatpay-Serial";

    private PayReply(int status, byte[] body, PaySignature? signature, string requestId) =>
        (Status, Body, Signature, RequestId) = (status, body, signature, requestId);

    public int Status { get; }

    public byte[] Body { get; }

    /// <summary>Null when there is none, or none that could be right.</summary>
    public PaySignature? Signature { get; }

    /// <summary>WeChat's own id of the call, which its support asks for; empty when there is none.</summary>
    public string RequestId { get; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public static async Task<PayReply> Of(HttpResponseMessage response, CancellationToken cancel)
    {
        var headers = response.Headers;
        var signature = PaySignature.Read(
            Only(headers, "Wechatpay-Timestamp"),
            Only(headers, "Wechatpay-Nonce"),
            Only(headers, "Wechatpay-Signature"),
            Only(headers, SerialHeader));
        var requestId = Only(headers, "Request-ID") is { } id && PlainId().IsMatch(id) ? id : "";
        var body = await response.Content.ReadAsByteArrayAsync(cancel);
        return new((int)response.StatusCode, body, signature, requestId);
    }

    private static string? Only(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && values.ToList() is [var only] ? only : null;

    [GeneratedRegex(@"^[0-9A-Za-z-]{1,128}\z")]
    private static partial Regex PlainId();
}

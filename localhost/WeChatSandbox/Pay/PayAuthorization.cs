using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Whether a request comes from the merchant: what every call of WeChat Pay begins with.</summary>
internal sealed partial class PayAuthorization(SandboxMerchant? merchant, TimeProvider clock)
{
    /// <summary>How far the merchant's clock may be from WeChat's.</summary>
    public static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(5);

    private const string Scheme = "WECHATPAY2-SHA256-RSA2048 ";
    private const int BodyCharsShown = 8;
    private const int NonceCharsMax = 32;

    private static readonly string[] Names = ["mchid", "nonce_str", "signature", "timestamp", "serial_no"];

    /// <exception cref="PayException">It does not.</exception>
    public void Check(PayCall call)
    {
        var headers = call.Http.Request.Headers;
        if (headers.Accept.Count == 0 || headers.UserAgent.Count == 0)
            throw new PayException(PayError.Param("/header", "Http头缺少Accept或User-Agent", "header"));
        if (merchant is null)
            throw new PayException(PayError.NoMerchant);

        var values = Read(headers.Authorization.ToString());
        if (values["mchid"] != merchant.MchId)
            throw new PayException(PayError.NoMerchant);
        if (values["serial_no"] != merchant.Serial)
            throw SignError("serial_no", "商户证书序列号有误");
        if (!long.TryParse(values["timestamp"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > SkewMax.TotalSeconds)
            throw SignError("timestamp", "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟");
        if (values["nonce_str"].Length is 0 or > NonceCharsMax)
            throw SignError("nonce_str", "nonce_str长度不符合要求");
        CheckSignature(call, values);
    }

    private static Dictionary<string, string> Read(string authorization)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.Ordinal))
            throw SignError("authorization", "Http头Authorization认证类型不正确");
        var pairs = authorization[Scheme.Length..].Split(',').Select(pair => Pair().Match(pair)).ToList();
        if (pairs.Exists(pair => !pair.Success))
            throw SignError("authorization", "Http头Authorization值格式错误");
        var values = pairs.GroupBy(pair => pair.Groups["name"].Value, pair => pair.Groups["value"].Value)
            .ToDictionary(same => same.Key, same => same.First());
        return values.Count == pairs.Count && Names.Order().SequenceEqual(values.Keys.Order())
            ? values
            : throw SignError("authorization", "Http头Authorization值格式错误");
    }

    private void CheckSignature(PayCall call, Dictionary<string, string> values)
    {
        var (method, body) = (call.Http.Request.Method, Encoding.UTF8.GetString(call.Body));
        var head = $"{method}\n{call.Target}\n{values["timestamp"]}\n{values["nonce_str"]}\n";
        byte[] message = [.. Encoding.UTF8.GetBytes(head), .. call.Body, (byte)'\n'];
        if (IsSigned(message, values["signature"])) return;

        var shown = $"{head}{body[..Math.Min(body.Length, BodyCharsShown)]}\n";
        throw new PayException(new(401, "SIGN_ERROR", "错误的签名，验签失败", new
        {
            detail = new { issue = "sign not match" },
            field = "signature",
            location = "authorization",
            sign_information = new
            {
                method,
                sign_message_length = message.Length,
                truncated_sign_message = shown,
                url = call.Target,
            },
        }));
    }

    private bool IsSigned(byte[] message, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var count)
            && merchant!.HasSigned(message, bytes.AsSpan(0, count));
    }

    private static PayException SignError(string field, string message) =>
        new(new(401, "SIGN_ERROR", message, new { field, location = "authorization" }));

    [GeneratedRegex("""^(?<name>[a-z_]+)="(?<value>[^"]*)"\z""")]
    private static partial Regex Pair();
}

using System.Text.RegularExpressions;

namespace Pond.Platform.WeChat.Pay;

/// <summary>An answer that can be used: verified if it is one of success.</summary>
/// <remarks>Not a record: a record would print its body.</remarks>
public sealed partial class PayAnswer
{
    private PayAnswer(int status, PayJson body, string code, string detail) =>
        (Status, Body, Code, Detail) = (status, body, code, detail);

    public int Status { get; }

    /// <summary>Empty when WeChat has sent no JSON.</summary>
    public PayJson Body { get; }

    /// <summary>WeChat's, without underscores: both spellings occur. Empty when there is none.</summary>
    public string Code { get; }

    /// <summary>The number that WeChat tells at the end of the request's id; empty when there is none.</summary>
    public string Detail { get; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Too much at once.</summary>
    public bool IsBusy =>
        Status == 429 || Code is "FREQUENCYLIMITED" or "FREQUENCYLIMITEXCEED" or "RATELIMITEXCEEDED";

    /// <summary>The code of a "no" that is WeChat's own and not a failure; else empty.</summary>
    public string Refusal => Status is >= 400 and < 500 && !IsBusy ? Code : "";

    /// <summary>Nothing that a shopper or time could mend.</summary>
    public bool IsOurFault => Code is "SIGNERROR" or "NOAUTH" or "MCHNOTEXISTS" or "APPIDMCHIDNOTMATCH";

    internal static PayAnswer Of(PayReply reply)
    {
        var body = PayJson.Parse(reply.Body) ?? PayJson.Empty;
        var code = body.Text("code") is { } text && CodeForm().IsMatch(text) ? text : "";
        return new(
            reply.Status,
            body,
            code.Replace("_", "", StringComparison.Ordinal),
            DetailInId().Match(reply.RequestId).Groups["detail"].Value);
    }

    [GeneratedRegex(@"^[A-Z_]{1,64}\z")]
    private static partial Regex CodeForm();

    [GeneratedRegex(@"-(?<detail>[0-9]{1,12})\z")]
    private static partial Regex DetailInId();
}

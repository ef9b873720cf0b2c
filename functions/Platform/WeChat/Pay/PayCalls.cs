using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace Pond.Platform.WeChat.Pay;

/// <summary>Calls WeChat Pay, and believes no answer of 2xx that is not signed by it.</summary>
public sealed partial class PayCalls(PaySender sender, PayKeys keys, TimeProvider clock, ILogger<PayCalls> log)
{
    // WeChat stumbles over fields that are null; Chinese goes out as it is.
    private static readonly JsonSerializerOptions Form = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Asks.</summary>
    /// <returns>The answer, or null when there is none that can be used.</returns>
    public Task<PayAnswer?> Get(string what, string path, CancellationToken cancel) =>
        Send(what, HttpMethod.Get, path, null, cancel);

    /// <summary>Wants something done.</summary>
    /// <returns>The answer, or null when there is none that can be used: then it may have been done.</returns>
    public Task<PayAnswer?> Post(string what, string path, object body, CancellationToken cancel) =>
        Send(what, HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, Form), cancel);

    /// <summary>Fetches a file, which WeChat does not sign: hold it against what it announced.</summary>
    public async Task<byte[]?> Download(string what, string path, CancellationToken cancel)
    {
        if (await Serial(what, cancel) is not { } serial) return null;
        var request = new PayRequest(what, HttpMethod.Get, path, null, serial, WeChatPayRegistration.Bills);
        var reply = await sender.Send(request, cancel);
        if (reply is null or { IsSuccess: true }) return reply?.Body;
        Tell(what, reply, PayAnswer.Of(reply));
        return null;
    }

    private async Task<PayAnswer?> Send(
        string what, HttpMethod method, string path, byte[]? body, CancellationToken cancel)
    {
        if (await Serial(what, cancel) is not { } serial) return null;
        var request = new PayRequest(what, method, path, body, serial, WeChatPayRegistration.Calls);
        if (await sender.Send(request, cancel) is not { } reply) return null;
        var answer = PayAnswer.Of(reply);
        if (!reply.IsSuccess) Tell(what, reply, answer);
        else if (!await IsGenuine(reply, cancel))
        {
            NotGenuine(what, reply.RequestId);
            return null;
        }

        return answer;
    }

    private async Task<string?> Serial(string what, CancellationToken cancel)
    {
        try
        {
            return await keys.Preferred(cancel);
        }
        catch (WeChatPayUnavailableException)
        {
            NoKey(what);
            return null;
        }
    }

    private async Task<bool> IsGenuine(PayReply reply, CancellationToken cancel)
    {
        if (reply.Signature?.IsTimely(clock.GetUtcNow()) != true) return false;
        try
        {
            return await keys.Find(reply.Signature.Serial, cancel) is { } key
                && reply.Signature.Covers(reply.Body, key);
        }
        catch (WeChatPayUnavailableException)
        {
            return false;
        }
    }

    private void Tell(string what, PayReply reply, PayAnswer answer)
    {
        if (answer.IsOurFault) OurFault(what, reply.Status, answer.Code, reply.RequestId);
        else Refused(what, reply.Status, answer.Code, reply.RequestId);
    }

    [LoggerMessage(LogLevel.Information, "WeChat Pay answers a call for {What} with {Status} {Code} ({RequestId})")]
    private partial void Refused(string what, int status, string code, string requestId);

    [LoggerMessage(LogLevel.Error, "WeChat Pay takes no {What}: {Status} {Code} ({RequestId}); check the settings")]
    private partial void OurFault(string what, int status, string code, string requestId);

    [LoggerMessage(LogLevel.Warning, "An answer to a call for {What} is not signed by WeChat Pay ({RequestId})")]
    private partial void NotGenuine(string what, string requestId);

    [LoggerMessage(LogLevel.Warning, "No call for {What}: no certificate is there to verify an answer with")]
    private partial void NoKey(string what);
}

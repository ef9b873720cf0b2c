using System.Net.Mime;
using Microsoft.Extensions.Logging;

namespace Pond.Platform.WeChat.Pay;

/// <summary>Sends signed requests to WeChat Pay: bounded in time, in size, and in tries.</summary>
/// <remarks>Addresses and bodies are never logged: only what the call is for, statuses, and codes.</remarks>
public sealed partial class PaySender(
    IHttpClientFactory clients,
    PaySigner signer,
    WeChatPayOptions options,
    TimeProvider clock,
    Dice dice,
    ILogger<PaySender> log)
{
    public const int TriesMax = 3;

    private const int FirstRetryDelayMs = 100;

    private readonly Uri server = new(options.ApiBase);

    /// <summary>
    /// Sends it, and again after a failed connect, which has changed nothing; what only asks is also sent again when
    /// its answer broke off, or was a 5xx.
    /// </summary>
    /// <returns>The reply, believed by nobody yet; null when there is none.</returns>
    public async Task<PayReply?> Send(PayRequest request, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            var (reply, again) = await Try(request, cancel);
            if (!again || tries == TriesMax) return reply;
            await Task.Delay(RetryDelay(tries), clock, cancel);
        }
    }

    private async Task<(PayReply? Reply, bool Again)> Try(PayRequest request, CancellationToken cancel)
    {
        var isQuestion = request.Method == HttpMethod.Get;
        try
        {
            using var message = Message(request);
            using var response = await clients.CreateClient(request.Client).SendAsync(message, cancel);
            var reply = await PayReply.Of(response, cancel);
            return (reply, Again: isQuestion && reply.Status >= 500);
        }
        catch (HttpRequestException failure)
        {
            NoAnswer(request.What, failure.HttpRequestError);
            var isUnsent = failure.HttpRequestError
                is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
            return (null, Again: isUnsent
                || (isQuestion && failure.HttpRequestError is HttpRequestError.ResponseEnded));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            Late(request.What);
            return (null, Again: false);
        }
    }

    // Signed anew for each try, and over the very bytes that are sent; the body is of known length.
    private HttpRequestMessage Message(PayRequest request)
    {
        var address = new Uri(server, request.Path);
        var message = new HttpRequestMessage(request.Method, address);
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = new(MediaTypeNames.Application.Json);
        }

        message.Headers.Authorization =
            signer.Authorization(request.Method.Method, address.PathAndQuery, request.Body);
        if (request.Serial is { } serial) message.Headers.Add(PayReply.SerialHeader, serial);
        return message;
    }

    /// <summary>Doubles with each try; half is chance, so that callers who failed together return apart.</summary>
    private TimeSpan RetryDelay(int tries)
    {
        var fullMs = FirstRetryDelayMs << (tries - 1);
        return TimeSpan.FromMilliseconds((fullMs / 2) + dice.Roll((fullMs / 2) + 1));
    }

    [LoggerMessage(LogLevel.Warning, "WeChat Pay does not answer a call for {What}: {Error}")]
    private partial void NoAnswer(string what, HttpRequestError error);

    [LoggerMessage(LogLevel.Warning, "WeChat Pay does not answer a call for {What} in time")]
    private partial void Late(string what);
}

/// <summary>A request that is not signed yet.</summary>
/// <param name="What">What it is for, for the log.</param>
/// <param name="Path">With the query, from the first slash on.</param>
/// <param name="Serial">Names the key that the answer is to be signed with.</param>
/// <param name="Client">One of <see cref="WeChatPayRegistration"/>'s.</param>
public sealed record PayRequest(
    string What, HttpMethod Method, string Path, byte[]? Body, string? Serial, string Client);

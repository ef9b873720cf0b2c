using System.Net;
using Microsoft.Extensions.Logging;

namespace Pond.Platform.WeChat;

/// <summary>Calls WeChat's open API: bounded in time, in size, and in tries.</summary>
/// <remarks>Addresses and bodies hold secrets: nothing but paths, errcodes and rids is ever logged.</remarks>
public sealed partial class WeChatCalls(HttpClient http, TimeProvider clock, Dice dice, ILogger<WeChatCalls> log)
{
    public const int TriesMax = 3;
    public const int AnswerBytesMax = 64 * 1024;

    /// <summary>Of one try, body included. The caller of this app waits 60 s at most: wx.request's own limit.</summary>
    public static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(3);

    private const int FirstRetryDelayMs = 100;

    /// <summary>Sends it, and again after a failed connect or a "system busy": neither has changed anything.</summary>
    /// <param name="request">Makes the request, once for each try.</param>
    /// <returns>The answer, or null when none came that can be used: try again later.</returns>
    public async Task<WeChatAnswer?> Send(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            using var message = request();
            var (answer, again) = await Try(message, cancel);
            if (!again)
                return answer;
            if (tries == TriesMax)
                return null;
            await Task.Delay(RetryDelay(tries), clock, cancel);
        }
    }

    /// <summary>Sends it once: for what must not be done twice, whatever has become of it.</summary>
    /// <returns>The answer, a "system busy" among them, or null when none came: then it may have been done.</returns>
    public async Task<WeChatAnswer?> SendOnce(HttpRequestMessage request, CancellationToken cancel) =>
        (await Try(request, cancel)).Answer;

    private async Task<(WeChatAnswer? Answer, bool Again)> Try(HttpRequestMessage message, CancellationToken cancel)
    {
        var path = message.RequestUri!.OriginalString.Split('?')[0];
        try
        {
            using var response = await http.SendAsync(message, cancel);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                OddStatus(path, (int)response.StatusCode);
                return (null, Again: false);
            }

            return Judge(path, WeChatAnswer.Parse(await response.Content.ReadAsByteArrayAsync(cancel)));
        }
        catch (HttpRequestException failure)
        {
            NoAnswer(path, failure.HttpRequestError);
            return (null, Again: failure.HttpRequestError
                is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            Late(path);
            return (null, Again: false);
        }
    }

    private (WeChatAnswer? Answer, bool Again) Judge(string path, WeChatAnswer? answer)
    {
        if (answer is null)
        {
            NotUnderstood(path);
            return (null, Again: false);
        }

        if (answer.ErrCode != WeChatAnswer.SystemBusy)
            return (answer, Again: false);
        SystemBusy(path, answer.Rid);
        return (answer, Again: true);
    }

    /// <summary>Doubles with each try; half is chance, so that callers who failed together return apart.</summary>
    private TimeSpan RetryDelay(int tries)
    {
        var fullMs = FirstRetryDelayMs << (tries - 1);
        return TimeSpan.FromMilliseconds((fullMs / 2) + dice.Roll((fullMs / 2) + 1));
    }

    [LoggerMessage(LogLevel.Warning, "WeChat's {Path} answers HTTP {Status}")]
    private partial void OddStatus(string path, int status);

    [LoggerMessage(LogLevel.Warning, "WeChat's {Path} does not answer: {Error}")]
    private partial void NoAnswer(string path, HttpRequestError error);

    [LoggerMessage(LogLevel.Warning, "WeChat's {Path} does not answer in time")]
    private partial void Late(string path);

    [LoggerMessage(LogLevel.Warning, "WeChat's {Path} answers something other than a JSON object")]
    private partial void NotUnderstood(string path);

    [LoggerMessage(LogLevel.Warning, "WeChat's {Path} is busy (rid {Rid})")]
    private partial void SystemBusy(string path, string rid);
}

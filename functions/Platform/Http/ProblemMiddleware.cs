using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Pond.Kernel;
using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Platform.Http;

/// <summary>Makes every failure of an HTTP function a problem+json answer; nothing of the inside gets out.</summary>
public sealed partial class ProblemMiddleware(ILogger<ProblemMiddleware> log) : IFunctionsWorkerMiddleware
{
    /// <summary>Characters of all request headers together.</summary>
    public const int HeaderCharsMax = 16 * 1024;

    private static readonly Refusal HeadersTooLarge =
        new("request.headers_too_large", RefusalKind.Invalid, "请求头过大。");

    private static readonly Refusal Busy =
        new("storage.busy", RefusalKind.Unavailable, "系统繁忙，请用同一个请求编号稍后再试。");

    private static readonly Refusal Internal =
        new("internal", RefusalKind.Unavailable, "系统出错了，请稍后再试。");

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context); // a queue or timer function: its failure is the host's to retry
            return;
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            CheckHeaders(http.Request.Headers);
            await next(context);
        }
        catch (Exception failure)
        {
            context.GetInvocationResult().Value = Answer(context, http, failure);
        }

        if (context.GetInvocationResult().Value is IStatusCodeHttpResult { StatusCode: { } status })
            AddHints(http, status);
    }

    // A path may hold a code or a token that is worth something: the log names the function.
    private IResult Answer(FunctionContext context, HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case ProblemException problem:
                if (problem.Allow is { } allow) http.Response.Headers.Allow = allow;
                if (problem.RetryAfter is { } after) RetryLater(http, after);
                return Answers.Problem(problem.Refusal, problem.Status, problem.FieldErrors, problem.More);
            case BadHttpRequestException bad:
                return Answers.Problem(Bodies.Malformed, bad.StatusCode);
            case OperationCanceledException when http.RequestAborted.IsCancellationRequested:
                return Results.Empty; // nobody is left to read an answer
            case ContendedException or StoreUnavailableException or QueueUnavailableException:
                Unavailable(failure, context.FunctionDefinition.Name);
                return Answers.Problem(Busy);
            default:
                Failed(failure, context.FunctionDefinition.Name);
                return Answers.Problem(Internal, StatusCodes.Status500InternalServerError);
        }
    }

    private static void CheckHeaders(IHeaderDictionary headers)
    {
        var chars = headers.Sum(header => header.Key.Length + header.Value.Sum(value => value?.Length ?? 0));
        if (chars > HeaderCharsMax)
            throw new ProblemException(HeadersTooLarge) { Status = StatusCodes.Status431RequestHeaderFieldsTooLarge };
    }

    // What HTTP wants beside certain statuses, wherever they came from.
    private static void AddHints(HttpContext http, int status)
    {
        var headers = http.Response.Headers;
        if (status is StatusCodes.Status401Unauthorized) headers.WWWAuthenticate = "Bearer";
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
            && headers.RetryAfter.Count == 0)
            RetryLater(http, TimeSpan.Zero);
    }

    private static void RetryLater(HttpContext http, TimeSpan after)
    {
        var seconds = Math.Max(Answers.RetryAfterSeconds, (int)Math.Ceiling(after.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }

    [LoggerMessage(LogLevel.Warning, "{Function} could not be served now")]
    private partial void Unavailable(Exception failure, string function);

    [LoggerMessage(LogLevel.Error, "{Function} failed")]
    private partial void Failed(Exception failure, string function);
}

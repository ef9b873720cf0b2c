using System.Diagnostics;
using Pond.Kernel;

namespace Pond.Platform.Http;

/// <summary>Turns decisions into HTTP: the one place that knows statuses.</summary>
public static class Answers
{
    /// <summary>How long a caller is asked to wait before it tries again.</summary>
    public const int RetryAfterSeconds = 1;

    /// <summary>The answer to the facts of a "yes", or the problem of a "no".</summary>
    public static IResult ToHttp<TEvent>(this Decision<TEvent> decision, Func<IReadOnlyList<TEvent>, IResult> yes) =>
        decision.Refusal is { } refusal ? Problem(refusal) : yes(decision.Facts);

    /// <summary>RFC 9457 problem details with our stable code.</summary>
    /// <param name="more">What the caller needs to go on, by its JSON name.</param>
    public static IResult Problem(
        Refusal refusal,
        int? status = null,
        IReadOnlyDictionary<string, string[]>? fieldErrors = null,
        KeyValuePair<string, object>? more = null)
    {
        var extensions = new Dictionary<string, object?>
        {
            ["code"] = refusal.Code,
            ["traceId"] = Activity.Current?.TraceId.ToString(),
        };
        if (fieldErrors is not null) extensions["errors"] = fieldErrors;
        if (more is { } one) extensions[one.Key] = one.Value;
        return Results.Problem(
            detail: refusal.Message,
            statusCode: status ?? StatusOf(refusal.Kind),
            type: "urn:pond:problem:" + refusal.Code,
            extensions: extensions);
    }

    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Missing => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Exhausted => StatusCodes.Status409Conflict,
        RefusalKind.KeyReused => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new UnreachableException($"No status for {kind}"),
    };
}

using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Hosting;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Stands before the endpoints and lets calls go wrong as the script says.</summary>
internal sealed class FailingCalls(FailureScript script, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const int HugeBytes = 10 * 1024 * 1024;

    private const string GatewayPage =
        "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

    public Task Run(HttpContext context, RequestDelegate next) => script.Take(context.Request.Path) is { } failure
        ? Fail(failure, context, next)
        : next(context);

    private async Task Fail(Failure failure, HttpContext context, RequestDelegate next)
    {
        switch (failure.Kind)
        {
            case FailureKind.ErrCode when !IsPay(context):
                var error = new WeChatError(failure.ErrCode, "scripted failure");
                await WeChatAnswer.Of(error, WeChatAnswer.OddJson).ExecuteAsync(context);
                break;
            case FailureKind.ErrCode or FailureKind.Status when IsPay(context):
                await FailPay(PayError.OfStatus(failure.Status, failure.Code), context);
                break;
            case FailureKind.Status:
                context.Response.StatusCode = failure.Status;
                if (failure.Status < StatusCodes.Status400BadRequest) // a redirect leads back to the same address
                    context.Response.Headers.Location = context.Request.GetEncodedPathAndQuery();
                break;
            case FailureKind.Delay:
                if (await Wait(TimeSpan.FromSeconds(failure.DelaySeconds), context))
                    await next(context);
                break;
            case FailureKind.Hang:
                await Wait(Timeout.InfiniteTimeSpan, context);
                context.Abort();
                break;
            case FailureKind.Html:
                await Results.Text(GatewayPage, "text/html").ExecuteAsync(context);
                break;
            case FailureKind.Huge:
                var huge = $$"""{"openid":"{{new string('o', HugeBytes)}}"}""";
                await Results.Text(huge, WeChatAnswer.PlainText).ExecuteAsync(context);
                break;
            case FailureKind.Lost:
                context.Response.Body = Stream.Null;
                await next(context);
                context.Abort();
                break;
            case FailureKind.UserPaying or FailureKind.WrongSignature or FailureKind.UnknownSerial:
                context.Items[typeof(FailureKind)] = failure.Kind;
                await next(context);
                break;
            default:
                context.Abort();
                break;
        }
    }

    private static bool IsPay(HttpContext context) => context.Request.Path.StartsWithSegments(PayEndpoints.Prefix);

    private static Task FailPay(PayError error, HttpContext context)
    {
        return Results.Text(
            PayJson.Of(new { code = error.Code, message = error.Message }), MediaTypeNames.Application.Json,
            statusCode: error.Status).ExecuteAsync(context);
    }

    /// <summary>False when the caller went away, or the sandbox stops, before the time was over.</summary>
    private async Task<bool> Wait(TimeSpan time, HttpContext context)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(time, clock, over.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

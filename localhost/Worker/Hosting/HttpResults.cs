using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Pond.LocalHost;

/// <summary>Gives an invocation its HTTP context and writes what the function returned.</summary>
internal static class HttpResults
{
    public static FunctionExecutionDelegate Middleware(FunctionExecutionDelegate next) => async context =>
    {
        if (context.Features.Get<HttpContext>() is not { } http)
        {
            await next(context);
            return;
        }

        context.Items[FunctionContextExtensions.HttpContextKey] = http;
        await next(context);
        var result = context.GetInvocationResult().Value;
        if (result is not null) await (result as IResult ?? Results.Ok(result)).ExecuteAsync(http);
    };
}

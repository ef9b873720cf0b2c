using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pond.LocalHost;

/// <summary>Serves the HTTP functions and the API page.</summary>
internal static partial class HttpFunctions
{
    private const string PagePath = "swagger";

    /// <summary>Headers that the Functions host writes over and the worker takes off.</summary>
    private static readonly string[] HostsOwnHeaders =
        ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix"];

    public static void Map(WebApplication app, FunctionCatalog catalog, string routePrefix, string? corsOrigins)
    {
        app.Use(TakeOffHostsOwnHeaders);
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = PagePath;
            page.SwaggerEndpoint($"/{routePrefix}/openapi.json".Replace("//", "/", StringComparison.Ordinal), "API");
        });
        app.UseRouting();
        if (!string.IsNullOrEmpty(corsOrigins)) app.UseCors(policy => Allow(policy, corsOrigins));
        app.Use(AnswerNotFoundToWrongMethods);

        // A function may take the root for itself: its order is lower.
        app.MapGet("/", () => Results.Redirect("/" + PagePath)).WithOrder(int.MaxValue);
        var invoker = app.Services.GetRequiredService<FunctionInvoker>();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Pond.LocalHost.Http");
        foreach (var function in catalog.All)
        {
            if (function.Trigger is FunctionTrigger.OnRequest trigger)
                Map(app, trigger, http => Answer(http, function, invoker, log));
        }
    }

    private static void Map(IEndpointRouteBuilder routes, FunctionTrigger.OnRequest trigger, RequestDelegate answer)
    {
        var route = "/" + trigger.Route;
        _ = trigger.Methods.Count == 0 ? routes.Map(route, answer) : routes.MapMethods(route, trigger.Methods, answer);
    }

    /// <summary>An exception is an empty 500, as in Azure; when bytes are out already, the connection breaks.</summary>
    private static async Task Answer(
        HttpContext http, FunctionDescriptor function, FunctionInvoker invoker, ILogger log)
    {
        try
        {
            await invoker.Invoke(function, http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Abort(); // nobody waits for an answer any more
        }
        catch (Exception exception)
        {
            Failed(log, function.Name, exception);
            if (http.Response.HasStarted) throw;
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static Task TakeOffHostsOwnHeaders(HttpContext http, RequestDelegate next)
    {
        foreach (var header in HostsOwnHeaders) http.Request.Headers.Remove(header);
        return next(http);
    }

    /// <summary>ASP.NET Core says 405 when only the method is wrong; the Functions host knows no such route.</summary>
    private static async Task AnswerNotFoundToWrongMethods(HttpContext http, RequestDelegate next)
    {
        await next(http);
        var isRefusedByRouting = http.GetEndpoint() is not (null or RouteEndpoint);
        if (!isRefusedByRouting || http.Response.StatusCode != StatusCodes.Status405MethodNotAllowed) return;

        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static void Allow(CorsPolicyBuilder policy, string origins)
    {
        policy.AllowAnyHeader().AllowAnyMethod();
        var named = origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        _ = named.Contains("*") ? policy.AllowAnyOrigin() : policy.WithOrigins(named);
    }

    [LoggerMessage(LogLevel.Error, "The function {Function} failed.")]
    private static partial void Failed(ILogger log, string function, Exception exception);
}

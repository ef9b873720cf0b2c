using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Pond.Tests.LocalHost;

/// <summary>Functions that the tests of the HTTP side call.</summary>
public static class HttpSamples
{
    public sealed record Thing(string Kind, string Value);

    public sealed class WithoutRoute
    {
        [Function(nameof(WithoutRoute))]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            Results.Text(request.Path);
    }

    public sealed class TellsWhoCalls
    {
        [Function(nameof(TellsWhoCalls))]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            var said = request.Headers.Keys.Where(key => key.StartsWith("X-Forwarded-", StringComparison.Ordinal));
            return Results.Text($"{request.HttpContext.Connection.RemoteIpAddress}: {string.Join(", ", said)}");
        }
    }

    public sealed class ThingByNumber
    {
        [Function(nameof(ThingByNumber))]
        public IResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id:int}")] HttpRequest request,
            int id) =>
            Results.Text($"{request.Method} number {id}");
    }

    public sealed class ThingByGuid
    {
        [Function(nameof(ThingByGuid))]
        public static Thing Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id:guid}/of/{owner:long}")]
            HttpRequest request,
            Guid id,
            long owner) => new("guid", $"{id:N} {owner} {request.HttpContext.Request.Method}");
    }

    public sealed class ThingWithOptionalName
    {
        [Function(nameof(ThingWithOptionalName))]
        public Task<IResult> Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "named/{name?}")] HttpRequest request,
            string? name,
            FunctionContext context,
            CancellationToken cancel)
        {
            var isOneToken = cancel == request.HttpContext.RequestAborted;
            return Task.FromResult(Results.Text($"{name ?? "nobody"} {context.FunctionDefinition.Name} {isOneToken}"));
        }
    }

    public sealed class WrongKind
    {
        [Function(nameof(WrongKind))]
        public IResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "loose/{id}")] HttpRequest request, int id) =>
            Results.Text($"{request.Method} {id}");
    }

    public sealed class Breaks
    {
        [Function(nameof(Breaks))]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
        {
            request.HttpContext.Response.Headers["X-Half-Done"] = "yes";
            throw new InvalidOperationException("Broken on purpose.");
        }
    }

    public sealed class WritesItself
    {
        [Function(nameof(WritesItself))]
        public async Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            request.HttpContext.Response.StatusCode = StatusCodes.Status202Accepted;
            await request.HttpContext.Response.WriteAsync("by hand");
        }
    }

    public sealed class Scoped(ScopedMark first, ScopedMark second)
    {
        [Function(nameof(Scoped))]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            var ofRequest = request.HttpContext.RequestServices.GetService(typeof(ScopedMark));
            return Results.Text($"{ReferenceEquals(first, second)} {ReferenceEquals(first, ofRequest)} {first.Number}");
        }
    }

    public sealed class AnythingElse
    {
        [Function(nameof(AnythingElse))]
        public IResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{*path}")] HttpRequest request, string? path) =>
            Results.Text($"{request.Method} nothing at {path}", statusCode: StatusCodes.Status404NotFound);
    }
}

/// <summary>Counts its instances, so that a test sees how long one lives.</summary>
public sealed class ScopedMark(MarkCounter counter)
{
    public int Number { get; } = counter.Next();
}

public sealed class MarkCounter
{
    private int last;

    public int Next() => Interlocked.Increment(ref last);
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;

namespace Pond.Tests.LocalHost;

#pragma warning disable CA1822 // functions are instance methods as a rule

/// <summary>Functions that the tests of the API description describe.</summary>
public static class DescribedSamples
{
    public sealed class ClaimThing
    {
        public sealed record Request(string Code, int Count, IReadOnlyList<Line>? Lines);

        public sealed record Line(long PriceFen);

        public sealed record Response(Guid ClaimId);

        [Function(nameof(ClaimThing))]
        [EndpointSummary("Claims a thing"), EndpointDescription("Once for each member."), Tags("things")]
        [Takes(typeof(Request)), ProducesResponseType<Response>(StatusCodes.Status200OK)]
        [ProducesResponseType(StatusCodes.Status204NoContent)]
        public IResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things/{id:int}/claims")] HttpRequest request,
            int id) =>
            Results.Ok((request, id));
    }

    public sealed class ReadThing
    {
        public sealed record Response(DateTimeOffset StartsAt);

        [Function(nameof(ReadThing))]
        [ProducesResponseType<Response>(StatusCodes.Status200OK)]
        public IResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}")] HttpRequest request, string id) =>
            Results.Ok((request, id));
    }

    public sealed class Unnamed
    {
        [Function(nameof(Unnamed)), ExcludeFromDescription]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{*path}")] HttpRequest request) =>
            Results.Ok(request);
    }

    public sealed class NotHttp
    {
        [Function(nameof(NotHttp))]
        public void Run([QueueTrigger("things")] string body) => _ = body;
    }

    /// <summary>The sort of attribute that an app declares its request bodies with.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class TakesAttribute(Type type) : Attribute, IAcceptsMetadata
    {
        public IReadOnlyList<string> ContentTypes => ["application/json"];

        public Type RequestType => type;

        public bool IsOptional => false;
    }
}

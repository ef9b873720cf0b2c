using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Pond.Platform.Http;

/// <summary>The description of this API, as it is committed beside the code.</summary>
public sealed class GetOpenApi
{
    private const string Resource = "openapi.json";

    private static readonly byte[] Document = Read();

    [Function(nameof(GetOpenApi))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("本接口的 OpenAPI 3.1 描述"), Tags("运维")]
    [ProducesResponseType(StatusCodes.Status200OK)]
    public static IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        Results.Bytes(Document, "application/json");

    private static byte[] Read()
    {
        using var stream = typeof(GetOpenApi).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

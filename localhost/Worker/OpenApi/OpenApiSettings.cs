using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;

namespace Pond.LocalHost;

/// <summary>What the description of the API says beside its functions.</summary>
public sealed record OpenApiSettings
{
    public required string Title { get; init; }

    public required string Version { get; init; }

    /// <summary>Where the API is served, such as <c>http://localhost:7071</c>.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>The body of every answer that is not declared, as <c>application/problem+json</c>.</summary>
    public Type ProblemType { get; init; } = typeof(ProblemDetails);

    /// <summary>How the app writes JSON, so that the schemas say the same.</summary>
    public Action<JsonSerializerOptions> Json { get; init; } = _ => { };

    /// <summary>The app's own transformers: headers, security, anything else.</summary>
    public Action<OpenApiOptions> Configure { get; init; } = _ => { };
}

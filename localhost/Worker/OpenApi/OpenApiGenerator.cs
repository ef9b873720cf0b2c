using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Pond.LocalHost;

/// <summary>Describes HTTP functions as OpenAPI 3.1, without starting a server.</summary>
/// <remarks>
/// Each function becomes an endpoint that does nothing but carry its attributes, and ASP.NET Core describes it.
/// Standard attributes speak: <c>[ProducesResponseType]</c>, <c>[EndpointSummary]</c>, <c>[EndpointDescription]</c>,
/// <c>[Tags]</c>, <c>[ExcludeFromDescription]</c>, and any that implements <see cref="IAcceptsMetadata"/>.
/// </remarks>
public static class OpenApiGenerator
{
    private const string DocumentName = "functions";

    /// <summary>The document as JSON. The same functions give the same text.</summary>
    /// <exception cref="InvalidOperationException">Two types would have one schema name.</exception>
    public static async Task<string> Generate(FunctionCatalog catalog, OpenApiSettings settings, CancellationToken cancel = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict; // or every integer were "integer or string"
            settings.Json(json.SerializerOptions);
        });
        builder.Services.AddOpenApi(DocumentName, options => Describe(options, settings));
        await using var app = builder.Build();
        MapAll(app, catalog);

        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName)
            .GetOpenApiDocumentAsync(cancel);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancel);
    }

    private static void Describe(OpenApiOptions options, OpenApiSettings settings)
    {
        var names = new SchemaNames();
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = names.For;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = settings.Title, Version = settings.Version };
            document.Servers = [.. settings.Servers.Select(url => new OpenApiServer { Url = url })];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, cancel) => AddProblem(operation, context, settings, cancel));
        settings.Configure(options);
    }

    private static async Task AddProblem(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, OpenApiSettings settings, CancellationToken cancel)
    {
        var schema = await context.GetOrCreateSchemaAsync(settings.ProblemType, cancellationToken: cancel);
        context.Document!.AddComponent(settings.ProblemType.Name, schema);
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Anything that went wrong.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new()
                {
                    Schema = new OpenApiSchemaReference(settings.ProblemType.Name, context.Document),
                },
            },
        };
    }

    private static void MapAll(IEndpointRouteBuilder routes, FunctionCatalog catalog)
    {
        var requests = catalog.All
            .Select(function => (Function: function, Trigger: function.Trigger as FunctionTrigger.OnRequest))
            .Where(each => each.Trigger is not null)
            .OrderBy(each => each.Trigger!.Route, StringComparer.Ordinal);
        foreach (var (function, trigger) in requests)
        {
            routes.MapMethods("/" + trigger!.Route, trigger.Methods, (RequestDelegate)(_ => Task.CompletedTask))
                .WithName(function.Name)
                .WithMetadata([function.Method, .. function.Method.GetCustomAttributes(), .. PathParameters(function, trigger)]);
        }
    }

    private static IEnumerable<PathParameter> PathParameters(FunctionDescriptor function, FunctionTrigger.OnRequest trigger)
    {
        var names = RoutePatternFactory.Parse(trigger.Route).Parameters
            .Select(part => part.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return function.Method.GetParameters()
            .Where(parameter => names.Contains(parameter.Name!))
            .Select(parameter => new PathParameter(parameter));
    }

    /// <summary>Tells ASP.NET Core of a route value that a function takes; without it the path has no parameter.</summary>
    private sealed class PathParameter(ParameterInfo parameter) : IParameterBindingMetadata
    {
        public string Name => parameter.Name!;

        public bool HasTryParse => parameter.ParameterType != typeof(string);

        public bool HasBindAsync => false;

        public ParameterInfo ParameterInfo => parameter;

        public bool IsOptional => false;
    }
}

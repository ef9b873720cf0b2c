using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
    public static async Task<string> Generate(
        FunctionCatalog catalog, OpenApiSettings settings, CancellationToken cancel = default)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<EndpointDataSource>(new DefaultEndpointDataSource(Endpoints(catalog)));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            // Otherwise every integer would be "integer or string".
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            settings.Json(json.SerializerOptions);
        });
        builder.Services.AddOpenApi(DocumentName, options => Describe(options, settings));
        using var host = builder.Build();

        var document = await host.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName)
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
            document.Paths = Sorted(document.Paths);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, cancel) =>
            AddProblem(operation, context, settings.ProblemType, cancel));
        settings.Configure(options);
    }

    private static OpenApiPaths Sorted(OpenApiPaths paths)
    {
        var sorted = new OpenApiPaths();
        foreach (var (path, item) in paths.OrderBy(each => each.Key, StringComparer.Ordinal)) sorted.Add(path, item);
        return sorted;
    }

    private static async Task AddProblem(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, Type problem, CancellationToken cancel)
    {
        var schema = await context.GetOrCreateSchemaAsync(problem, cancellationToken: cancel);
        context.Document!.AddComponent(problem.Name, schema);
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Anything that went wrong.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new()
                {
                    Schema = new OpenApiSchemaReference(problem.Name, context.Document),
                },
            },
        };
    }

    private static IEnumerable<Endpoint> Endpoints(FunctionCatalog catalog) =>
        from function in catalog.All
        let trigger = function.Trigger as FunctionTrigger.OnRequest
        where trigger is not null
        select Describe(function, trigger);

    private static Endpoint Describe(FunctionDescriptor function, FunctionTrigger.OnRequest trigger)
    {
        var endpoint = new RouteEndpointBuilder(
            _ => Task.CompletedTask, RoutePatternFactory.Parse("/" + trigger.Route), order: 0);
        IEnumerable<object> metadata =
        [
            new HttpMethodMetadata(trigger.Methods), new EndpointNameMetadata(function.Name), function.Method,
            .. function.Method.GetCustomAttributes(), .. PathParameters(function, trigger),
        ];
        foreach (var item in metadata) endpoint.Metadata.Add(item);
        return endpoint.Build();
    }

    private static IEnumerable<PathParameter> PathParameters(
        FunctionDescriptor function, FunctionTrigger.OnRequest trigger)
    {
        var names = RoutePatternFactory.Parse(trigger.Route).Parameters
            .Select(part => part.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return function.Method.GetParameters()
            .Where(parameter => names.Contains(parameter.Name!))
            .Select(parameter => new PathParameter(parameter));
    }

    /// <summary>Tells ASP.NET Core that a function takes a route value; else the path has no parameter.</summary>
    private sealed class PathParameter(ParameterInfo parameter) : IParameterBindingMetadata
    {
        public string Name => parameter.Name!;

        public bool HasTryParse => parameter.ParameterType != typeof(string);

        public bool HasBindAsync => false;

        public ParameterInfo ParameterInfo => parameter;

        public bool IsOptional => false;
    }
}

using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pond.Platform.Http;

namespace Pond.Tests.OpenApi;

/// <summary>What the types alone do not say: what answers always hold, and that requests hold nothing else.</summary>
internal static class SchemaDetails
{
    private static readonly HashSet<Type> Bodies =
    [
        .. typeof(Composition).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes(typeof(BodyAttribute), inherit: false))
            .Select(body => ((BodyAttribute)body).RequestType!),
    ];

    public static Task Add(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (schema.Properties is not { Count: > 0 } properties || context.JsonPropertyInfo is not null) return Task.CompletedTask;

        if (Bodies.Contains(context.JsonTypeInfo.Type))
            schema.AdditionalPropertiesAllowed = false;
        else
            schema.Required = properties.Keys.Where(name => !IsLeftOut(context.JsonTypeInfo.Type, name)).ToHashSet();
        return Task.CompletedTask;
    }

    /// <summary>Answers write every field, null or not; problems leave errors out when no field is wrong.</summary>
    private static bool IsLeftOut(Type type, string name) => type == typeof(Problem) && name == "errors";
}

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
        var type = context.JsonTypeInfo.Type;
        // Our own converters write these, so nobody can see from outside that they write text.
        if (schema.Format == "date-time") schema.Type = TextOr(type);
        if (schema.Enum is { Count: > 0 }) schema.Type = TextOr(type);
        if (schema.Properties is not { Count: > 0 } properties) return Task.CompletedTask;

        if (Bodies.Contains(type))
            schema.AdditionalPropertiesAllowed = false;
        else
            schema.Required = properties.Keys.Where(name => !IsLeftOut(type, name)).ToHashSet();
        return Task.CompletedTask;
    }

    private static JsonSchemaType TextOr(Type type) => Nullable.GetUnderlyingType(type) is null
        ? JsonSchemaType.String
        : JsonSchemaType.String | JsonSchemaType.Null;

    /// <summary>Answers write every field, null or not; problems leave errors out when no field is wrong.</summary>
    private static bool IsLeftOut(Type type, string name) => type == typeof(Problem) && name == "errors";
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pond.Platform.Http;

namespace Pond.Tests.OpenApi;

/// <summary>What the types alone do not say: what answers always hold, and that requests hold nothing else.</summary>
internal static class SchemaDetails
{
    private static readonly Type[] Whole = [.. Told<BodyAttribute>().Select(body => body.RequestType!)];

    /// <summary>Bodies, and what stands within them alone.</summary>
    private static readonly HashSet<Type> Bodies =
    [
        .. Whole,
        .. Reach(Whole).Except(Reach(Told<ProducesResponseTypeAttribute>().Select(answer => answer.Type))),
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

    private static IEnumerable<T> Told<T>()
        where T : Attribute => typeof(Composition).Assembly.GetTypes().SelectMany(type => type.GetMethods())
        .SelectMany(method => method.GetCustomAttributes(typeof(T), inherit: true).Cast<T>());

    private static HashSet<Type> Reach(IEnumerable<Type> from)
    {
        var (reached, next) = (new HashSet<Type>(), new Queue<Type>(from));
        while (next.TryDequeue(out var type))
        {
            foreach (var part in type.GetGenericArguments()) next.Enqueue(part);
            if (type.Assembly != typeof(Composition).Assembly || !reached.Add(type)) continue;
            foreach (var property in type.GetProperties()) next.Enqueue(property.PropertyType);
        }

        return reached;
    }

    private static JsonSchemaType TextOr(Type type) => Nullable.GetUnderlyingType(type) is null
        ? JsonSchemaType.String
        : JsonSchemaType.String | JsonSchemaType.Null;

    /// <summary>Answers write every field, null or not; problems leave errors out when no field is wrong.</summary>
    private static bool IsLeftOut(Type type, string name) => type == typeof(Problem) && name == "errors";
}

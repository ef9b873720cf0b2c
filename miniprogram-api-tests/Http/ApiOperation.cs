using System.Text.Json.Nodes;
using Pond.Tests.OpenApi;

namespace Pond.Tests.Http;

/// <summary>One operation of the API as its description has it: hostile tests are generated from here.</summary>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Caller"><c>member</c>, <c>operator</c>, or null for anybody.</param>
/// <param name="Fields">The schemas of the body's fields; empty without a body.</param>
public sealed record ApiOperation(
    string Id,
    HttpMethod Method,
    string Path,
    string? Caller,
    bool NeedsKey,
    bool IsPaged,
    IReadOnlyDictionary<string, JsonObject> Fields,
    IReadOnlySet<string> Required)
{
    /// <summary>The schemas of fields within fields, by paths such as <c>lines[0].quantity</c>.</summary>
    public IReadOnlyDictionary<string, JsonObject> InnerFields { get; private init; } = new Dictionary<string, JsonObject>();

    /// <summary>Every operation that is described.</summary>
    public static async Task<IReadOnlyList<ApiOperation>> All()
    {
        var document = JsonNode.Parse(await ApiDescription.Generate())!;
        return
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select Read(document, path.Key, operation.Key, operation.Value!),
        ];
    }

    public override string ToString() => Id;

    private static ApiOperation Read(JsonNode document, string path, string method, JsonNode operation)
    {
        var parameters = operation["parameters"]?.AsArray().Select(each => (string)each!["name"]!).ToHashSet() ?? [];
        var body = operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema
            ? Resolve(document, schema)
            : new JsonObject();
        var fields = body["properties"]?.AsObject().ToDictionary(each => each.Key, each => Resolve(document, each.Value!)) ?? [];
        return new ApiOperation(
            (string)operation["operationId"]!,
            HttpMethod.Parse(method),
            path,
            operation["security"]!.AsArray().SingleOrDefault()?.AsObject().Single().Key,
            parameters.Contains("Idempotency-Key"),
            parameters.Contains("cursor"),
            fields,
            body["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [])
        {
            InnerFields = fields.SelectMany(field => Inner(document, field.Key, field.Value)).ToDictionary(),
        };
    }

    private static IEnumerable<KeyValuePair<string, JsonObject>> Inner(JsonNode document, string path, JsonObject schema)
    {
        var (holder, at) = schema["items"] is { } items ? (Resolve(document, items), path + "[0]") : (schema, path);
        foreach (var (name, inner) in holder["properties"]?.AsObject() ?? [])
        {
            var field = Resolve(document, inner!);
            yield return new($"{at}.{name}", field);
            foreach (var deeper in Inner(document, $"{at}.{name}", field)) yield return deeper;
        }
    }

    private static JsonObject Resolve(JsonNode document, JsonNode schema)
    {
        if (schema["oneOf"]?.AsArray().LastOrDefault() is { } given) return OrNull(Resolve(document, given));
        return (string?)schema["$ref"] is { } reference
            ? document["components"]!["schemas"]![reference.Split('/')[^1]]!.AsObject()
            : schema.AsObject();
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        var optional = schema.DeepClone().AsObject();
        string[] types = schema["type"] switch
        {
            JsonArray several => [.. several.Select(type => (string)type!)],
            { } one => [(string)one!],
            null => [],
        };
        optional["type"] = new JsonArray([.. types.Append("null").Distinct().Select(type => JsonValue.Create(type))]);
        return optional;
    }
}

using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Pond.LocalHost;

/// <summary>Names schemas: a record inside a function is <c>ClaimCouponRequest</c>, not <c>Request</c>.</summary>
internal sealed class SchemaNames
{
    private readonly ConcurrentDictionary<string, Type> owners = new();

    /// <summary>The name, or null for a type that is written where it is used.</summary>
    /// <exception cref="InvalidOperationException">Another type has the name.</exception>
    public string? For(JsonTypeInfo type)
    {
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null) return null;

        var named = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        var name = NameOf(named);
        var owner = owners.GetOrAdd(name, named);
        return owner == named
            ? name
            : throw new InvalidOperationException($"Both {owner} and {named} would be the schema {name}: rename one.");
    }

    private static string NameOf(Type type)
    {
        var plain = type.Name.Split('`')[0];
        var outer = type.DeclaringType?.Name;
        var of = type.IsGenericType ? "Of" + string.Join("And", type.GetGenericArguments().Select(NameOf)) : "";
        return outer + plain + of;
    }
}

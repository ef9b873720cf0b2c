using Azure.Bicep.Types;
using Azure.Bicep.Types.Az;
using Azure.Bicep.Types.Concrete;
using Azure.Bicep.Types.Index;
using Pond.Tests.Infra;

namespace Pond.Tests.Azure;

/// <summary>
/// Holds the resources of a Bicep file against Azure's own definitions of them. Nothing is evaluated: what an
/// expression gives is not looked at, its name is.
/// </summary>
internal sealed class BicepTypes
{
    /// <summary>What every resource may say beside what its type has.</summary>
    private static readonly string[] OfTheLanguage = ["parent", "scope", "dependsOn"];

    /// <summary>What every type asks for and the declaration itself says.</summary>
    private static readonly string[] OfTheDeclaration = ["id", "type", "apiVersion"];

    private readonly AzTypeLoader loader = new();
    private readonly TypeIndex index;
    private readonly Dictionary<string, string> names;

    public BicepTypes()
    {
        index = loader.LoadTypeIndex();
        names = index.Resources.Keys.ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What Azure would not take, each with its place.</summary>
    public IEnumerable<string> Findings(BicepFile file) =>
        from resource in file.Of("resource")
        from finding in Findings(file, resource)
        select $"{file.Path}:{finding}";

    private IEnumerable<string> Findings(BicepFile file, BicepStatement resource)
    {
        if (!names.TryGetValue(resource.Type, out var name))
            return [$"{resource.Line}: {resource.Type} is unknown{OtherVersions(resource.Type)}"];
        if (resource.IsExisting) return [];

        var body = (BicepValue.Properties)resource.Value!;
        var declared = body with { All = [.. body.All.Where(property => !OfTheLanguage.Contains(property.Name))] };
        var type = loader.LoadResourceType(index.Resources[name]).Body.Type;
        return new BicepTypeWalk(file).Findings(declared, type, resource.Name)
            .Where(finding => finding is not { Path: var path, Missing: { } missing }
                || path != resource.Name || !OfTheDeclaration.Contains(missing))
            .Select(finding => finding.ToString());
    }

    private string OtherVersions(string type)
    {
        var start = type.Split('@')[0] + "@";
        string[] versions =
        [
            .. names.Keys.Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                .Select(name => name.Split('@')[1]).Order(StringComparer.Ordinal).TakeLast(3),
        ];
        return versions.Length == 0 ? "" : $"; there are {string.Join(", ", versions)}";
    }
}

/// <summary>Something that Azure would not take.</summary>
/// <param name="Missing">The required property that is not there, or null.</param>
internal sealed record BicepFinding(int Line, string Path, string What, string? Missing = null)
{
    public override string ToString() => $"{Line}: {Path} {What}";
}

/// <summary>Goes through the values of one resource beside their types.</summary>
internal sealed class BicepTypeWalk(BicepFile file)
{
    public IEnumerable<BicepFinding> Findings(BicepValue written, TypeBase type, string path)
    {
        var value = file.Resolved(written);
        return (value, type) switch
        {
            (_, AnyType) => [],
            (BicepValue.Properties properties, ObjectType or DiscriminatedObjectType) =>
                OfObject(properties, type, path),
            (BicepValue.Items items, ArrayType array) =>
                items.Values.SelectMany((item, i) => Findings(item, array.ItemType.Type, $"{path}[{i}]")),
            (BicepValue.Text text, _) => OfText(text, type, path),
            (BicepValue.Expression expression, _) => OfExpression(expression, type, path),
            _ => [new(value.Line, path, "is of another kind")],
        };
    }

    private IEnumerable<BicepFinding> OfObject(BicepValue.Properties value, TypeBase type, string path)
    {
        if (type is DiscriminatedObjectType several && Form(several, value) is null)
        {
            yield return new(value.Line, path, $"has no known {several.Discriminator}");
            yield break;
        }

        var (known, others) = Members(type, value);
        foreach (var (name, inner, line) in value.All)
        {
            var at = $"{path}.{name}";
            if (known.TryGetValue(name, out var member))
            {
                if (member.Flags.HasFlag(ObjectTypePropertyFlags.ReadOnly)) yield return new(line, at, "is read-only");
                foreach (var finding in Findings(inner, member.Type.Type, at)) yield return finding;
            }
            else if (others is null)
            {
                yield return new(line, at, "is no property");
            }
            else
            {
                foreach (var finding in Findings(inner, others, at)) yield return finding;
            }
        }

        foreach (var (name, member) in known)
        {
            if (member.Flags.HasFlag(ObjectTypePropertyFlags.Required) && value[name] is null)
                yield return new(value.Line, path, $"lacks {name}", name);
        }
    }

    /// <summary>The properties that an object has, and the type of all others, or null.</summary>
    private static (IReadOnlyDictionary<string, ObjectTypeProperty> Known, TypeBase? Others) Members(
        TypeBase type, BicepValue.Properties value)
    {
        if (type is ObjectType plain) return (plain.Properties, plain.AdditionalProperties?.Type);

        var several = (DiscriminatedObjectType)type;
        var own = Form(several, value)!;
        return (several.BaseProperties.Concat(own.Properties).ToDictionary(), own.AdditionalProperties?.Type);
    }

    /// <summary>Which of its forms an object has: one of its properties says it.</summary>
    private static ObjectType? Form(DiscriminatedObjectType several, BicepValue.Properties value) =>
        value[several.Discriminator] is BicepValue.Text form && several.Elements.TryGetValue(form.Value, out var own)
            ? (ObjectType)own.Type
            : null;

    private static IEnumerable<BicepFinding> OfText(BicepValue.Text text, TypeBase type, string path)
    {
        string[] allowed = [.. Literals(type)];
        if (type is StringType || TakesAnyText(type) || allowed.Contains(text.Value)) return [];
        return allowed.Length > 0
            ? [new(text.Line, path, $"is none of {string.Join(", ", allowed)}")]
            : [new(text.Line, path, "is of another kind")];
    }

    private static IEnumerable<BicepFinding> OfExpression(
        BicepValue.Expression expression, TypeBase type, string path)
    {
        var fits = expression.Source switch
        {
            "true" or "false" => type is BooleanType,
            _ when int.TryParse(expression.Source, out _) => type is IntegerType,
            _ => true,
        };
        return fits ? [] : [new(expression.Line, path, "is of another kind")];
    }

    private static bool TakesAnyText(TypeBase type) =>
        type is UnionType union && union.Elements.Any(element => element.Type is StringType);

    private static IEnumerable<string> Literals(TypeBase type) => type switch
    {
        StringLiteralType literal => [literal.Value],
        UnionType union => union.Elements.SelectMany(element => Literals(element.Type)),
        _ => [],
    };
}

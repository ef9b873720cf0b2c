namespace Pond.Tests.Infra;

/// <summary>A value as a Bicep file writes it; nothing is evaluated.</summary>
public abstract record BicepValue(int Line)
{
    /// <summary>A string without <c>${}</c>.</summary>
    public sealed record Text(string Value, int Line) : BicepValue(Line);

    public sealed record Items(IReadOnlyList<BicepValue> Values, int Line) : BicepValue(Line);

    public sealed record Properties(IReadOnlyList<BicepProperty> All, int Line) : BicepValue(Line)
    {
        public BicepValue? this[string name] => All.FirstOrDefault(property => property.Name == name)?.Value;
    }

    /// <summary>Whatever would have to be evaluated, as it is written.</summary>
    public sealed record Expression(string Source, int Line) : BicepValue(Line);
}

public sealed record BicepProperty(string Name, BicepValue Value, int Line);

/// <summary>A declaration: param, var, resource, module or output; or what the file is used with.</summary>
/// <param name="Type">Of a resource with its version, of a module its path, else the type that is written.</param>
/// <param name="Value">A body, a default, or null. Of a loop, what it makes each time.</param>
public sealed record BicepStatement(
    string Keyword, string Name, string Type, bool IsExisting, BicepValue? Value, int Line);

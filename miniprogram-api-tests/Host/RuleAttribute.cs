namespace Pond.Tests;

/// <summary>Which rule of <c>functions/RULES.md</c> a test, or every test of a class, holds the app to.</summary>
/// <param name="id">As the page has it, such as <c>PTS-03</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RuleAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}

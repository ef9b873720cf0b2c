namespace Pond.Tests.OpenApi;

/// <summary>The body of every answer that is not a success, as the description shows it.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Detail">One Chinese sentence, for people.</param>
/// <param name="Errors">What is wrong with single fields, by their names; only when fields are wrong.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string TraceId,
    IReadOnlyDictionary<string, string[]>? Errors);

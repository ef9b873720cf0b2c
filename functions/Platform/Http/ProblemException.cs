using Pond.Kernel;

namespace Pond.Platform.Http;

/// <summary>
/// Ends a request at the edge, before any rule was asked: no credential, an unreadable body, a missing header.
/// </summary>
/// <param name="refusal">What the caller is told.</param>
public sealed class ProblemException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal { get; } = refusal;

    /// <summary>What is wrong with single fields, by their JSON names.</summary>
    public IReadOnlyDictionary<string, string[]>? FieldErrors { get; init; }

    /// <summary>What the caller needs to go on, by its JSON name, such as a new price.</summary>
    public KeyValuePair<string, object>? More { get; init; }

    /// <summary>A status that the refusal's kind alone does not tell, such as 413.</summary>
    public int? Status { get; init; }

    /// <summary>When to try again, if that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Values for the Allow header of a 405.</summary>
    public string? Allow { get; init; }
}

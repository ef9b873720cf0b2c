using System.Text.Json.Serialization;

namespace Pond.Bargains;

/// <summary>The attempts that a member has begun in one bargain, the oldest first.</summary>
public sealed record Starts(IReadOnlyList<string> AttemptIds)
{
    public static readonly Starts None = new([]);

    [JsonIgnore]
    public string? LastId => AttemptIds.Count == 0 ? null : AttemptIds[^1];
}

/// <summary>An attempt has begun: the plan in it was drawn for it, once.</summary>
public sealed record AttemptBegun(Attempt Attempt);

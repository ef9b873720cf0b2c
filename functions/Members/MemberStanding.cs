using System.Text.Json.Serialization;
using Pond.Kernel;
using Pond.Platform;

namespace Pond.Members;

/// <summary>
/// What other slices may know of a member: whether they may act. A read model of the partition's head.
/// </summary>
/// <param name="MergedInto">The account that this one has become part of; null for every other.</param>
/// <param name="Consents">What the member agrees to now; null when they never said.</param>
public sealed record MemberStanding(
    string Id, MemberStatus Status, string? MergedInto = null, Consents? Consents = null)
{
    /// <summary>AUTH-06: whether the member may be sent what advertises. Who never said so has not agreed.</summary>
    [JsonIgnore]
    public bool AllowsMarketing => Consents is { Marketing: true };

    /// <summary>From the rows that a decision loaded.</summary>
    public static MemberStanding? In(LoadedRows rows) => rows.Find<MemberStanding>(MemberRows.Head);

    /// <summary>Whether nobody comes back to this account: it is left, banned, or was never there.</summary>
    public static bool IsGone(MemberStanding? standing) =>
        standing?.Status is null or MemberStatus.Deleted or MemberStatus.Banned;

    /// <summary>Whether somebody looks at this account before it gets anything.</summary>
    public static bool IsFrozen(MemberStanding? standing) => standing?.Status is MemberStatus.Frozen;

    /// <summary>Why this member may get or spend nothing, or null.</summary>
    public static Refusal? WhyNot(MemberStanding? standing) => standing?.Status switch
    {
        null => MemberRefusals.Missing,
        MemberStatus.Frozen => MemberRefusals.Frozen,
        var status => MemberRules.WhyNoLogin(status),
    };
}

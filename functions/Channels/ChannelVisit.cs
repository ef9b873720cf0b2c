using Pond.Members;

namespace Pond.Channels;

/// <summary>CHN-02: that a member has come by a channel.</summary>
/// <param name="Scans">Logins by its code.</param>
/// <param name="HasRegistered">Whether they registered by it, rather than come back.</param>
public sealed record ChannelVisit(
    string ChannelId, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Scans, bool HasRegistered);

/// <summary>CHN-02: the channel that a member came by, and the last one.</summary>
/// <param name="FirstChannelId">Null for who registered by none.</param>
public sealed record ChannelTrail(string? FirstChannelId, string LastChannelId, DateTimeOffset LastAt);

/// <summary>What the rules look at; null for what is not there yet.</summary>
public sealed record ScanDesk(MemberStanding? Standing, ChannelTrail? Trail, ChannelVisit? Visit);

/// <summary>Somebody has logged in by a channel's code.</summary>
/// <param name="MemberId">As they were called then.</param>
/// <param name="IsNew">Whether they have registered by it.</param>
public sealed record Scan(string MemberId, bool IsNew, DateTimeOffset At);

/// <summary>A scan was heard of.</summary>
/// <param name="IsAdded">Whether the channel has one more member by it.</param>
/// <param name="IsReturned">Whether a member has come back by this channel for the first time.</param>
/// <param name="TagIds">What the member is to get.</param>
/// <param name="TemplateId">Of the coupon that the member is to get; null for none.</param>
public sealed record ScanHeard(
    string MemberId,
    ChannelVisit Visit,
    ChannelTrail Trail,
    bool IsAdded,
    bool IsReturned,
    IReadOnlyList<string> TagIds,
    string? TemplateId,
    DateTimeOffset At);

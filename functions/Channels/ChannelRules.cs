using Pond.Kernel;
using Pond.Members;

namespace Pond.Channels;

/// <summary>CHN-01, CHN-02, CHN-03, CHN-05: channels, and who comes by them. Pure.</summary>
public static class ChannelRules
{
    private const int FailBelowBp = 500;
    private const int GoodFromBp = 1_000;
    private const int ExcellentFromBp = 1_500;

    /// <summary>Marketing writes a channel; 0 as the version for a new one.</summary>
    /// <param name="wanted">With the version of the one that it replaces.</param>
    public static Decision<ChannelWritten> Write(
        Channel? before, Channel wanted, string operatorId, string reason, DateTimeOffset now)
    {
        if (before is null && wanted.Version > 0) return ChannelRefusals.Missing;
        if (before is not null && before.Version != wanted.Version) return ChannelRefusals.Changed;
        var after = wanted with { Version = wanted.Version + 1, CreatedAt = before?.CreatedAt ?? now };
        return new ChannelWritten(before?.Terms, after, operatorId, reason, now);
    }

    /// <summary>A member has logged in by the channel's code: for the first time ever, or again.</summary>
    /// <remarks>
    /// Who came by it stays what they came by, whatever they scan later, and each is counted once. News of an account
    /// that is part of another by now makes nobody new.
    /// </remarks>
    public static Decision<ScanHeard> Hear(ScanDesk desk, Scan scan, Channel channel)
    {
        if (WhyNot(desk.Standing) is { } why) return why;
        if (!channel.Terms.IsOpen(scan.At)) return ChannelRefusals.Closed;

        var memberId = desk.Standing!.Id;
        var isNew = scan.IsNew && scan.MemberId == memberId;
        var known = desk.Visit;
        var visit = new ChannelVisit(
            channel.Id,
            Earlier(known?.FirstAt, scan.At),
            Later(known?.LastAt, scan.At),
            (known?.Scans ?? 0) + 1,
            known?.HasRegistered is true || isNew);
        var isLast = desk.Trail is null || desk.Trail.LastAt <= scan.At;
        var trail = new ChannelTrail(
            isNew ? channel.Id : desk.Trail?.FirstChannelId,
            isLast ? channel.Id : desk.Trail!.LastChannelId,
            isLast ? scan.At : desk.Trail!.LastAt);
        var isAdded = isNew && known?.HasRegistered is not true;
        return new ScanHeard(
            memberId, visit, trail, isAdded, IsReturned: !isNew && known is null,
            isAdded ? channel.Terms.TagIds : [], isAdded ? channel.Terms.TemplateId : null, scan.At);
    }

    /// <summary>Registered members as a share of what was printed, rounded down; null while unknown.</summary>
    public static long? AddRateBp(long added, int? printed) =>
        printed is > 0 ? added * BasisPoints.Whole.Value / printed : null;

    /// <summary>What the trade thinks of such a rate.</summary>
    public static AddRateBand BandOf(long addRateBp) => addRateBp switch
    {
        < FailBelowBp => AddRateBand.Fail,
        < GoodFromBp => AddRateBand.Pass,
        < ExcellentFromBp => AddRateBand.Good,
        _ => AddRateBand.Excellent,
    };

    private static Refusal? WhyNot(MemberStanding? standing) =>
        MemberStanding.IsFrozen(standing) ? null : MemberStanding.WhyNot(standing);

    private static DateTimeOffset Earlier(DateTimeOffset? known, DateTimeOffset at) => known < at ? known.Value : at;

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset at) => known > at ? known.Value : at;
}

/// <summary>What the trade thinks of a rate.</summary>
public enum AddRateBand
{
    /// <summary>Below 5 %.</summary>
    Fail,

    /// <summary>From 5 % on.</summary>
    Pass,

    /// <summary>From 10 % on.</summary>
    Good,

    /// <summary>From 15 % on.</summary>
    Excellent,
}

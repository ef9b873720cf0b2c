using System.Diagnostics;
using System.Text.Json.Serialization;
using Pond.Kernel;
using Pond.Touches;

namespace Pond.Tiers;

/// <summary>What can happen to growth and tier. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Grown), "grown")]
[JsonDerivedType(typeof(Adjusted), "adjusted")]
[JsonDerivedType(typeof(Moved), "moved")]
[JsonDerivedType(typeof(Entered), "entered")]
[JsonDerivedType(typeof(Looked), "looked")]
[JsonDerivedType(typeof(Assigned), "assigned")]
[JsonDerivedType(typeof(Undone), "undone")]
[JsonDerivedType(typeof(MovedOut), "movedOut")]
[JsonDerivedType(typeof(MovedIn), "movedIn")]
public abstract record TierEvent
{
    private TierEvent()
    {
    }

    public sealed record Grown(GrowthEntry Entry) : TierEvent;

    /// <summary>An operator stands behind the booking beside it.</summary>
    public sealed record Adjusted(
        string MemberId, string OperatorId, string Reason, long BeforeGrowth, long AfterGrowth, DateTimeOffset At)
        : TierEvent;

    /// <param name="Change">Null where a tier that an operator gave hides it.</param>
    public sealed record Moved(Membership Membership, TierChange? Change) : TierEvent;

    /// <summary>What entering a tier brings.</summary>
    /// <param name="Cycle">How often the tier has brought something, this time included.</param>
    public sealed record Entered(
        string MemberId, string Code, int Cycle, long Points, IReadOnlyList<string> CouponTemplateIds) : TierEvent;

    /// <summary>The end of the stay came near.</summary>
    /// <param name="Notice">Null when nothing is about to be lost.</param>
    /// <param name="Touch">What the member is told of it; null for nothing.</param>
    public sealed record Looked(Membership Membership, TierAboutToLapse? Notice, TouchPlannedV1? Touch = null)
        : TierEvent;

    /// <summary>An operator stands behind the move beside it.</summary>
    public sealed record Assigned(
        string MemberId,
        string OperatorId,
        string Reason,
        string BeforeCode,
        string AfterCode,
        DateTimeOffset Until,
        DateTimeOffset At)
        : TierEvent;

    /// <summary>So much of a cause has gone back in all.</summary>
    public sealed record Undone(UndoneGrowth Total) : TierEvent;

    /// <summary>Everything has left an account that was merged.</summary>
    /// <param name="Entry">Takes back what there was.</param>
    /// <param name="Days">What it had, by day.</param>
    /// <param name="Membership">What it had.</param>
    public sealed record MovedOut(
        string FromMemberId,
        string IntoMemberId,
        GrowthEntry Entry,
        IReadOnlyList<DayGrowth> Days,
        Membership Membership)
        : TierEvent;

    /// <summary>Growth of an account that was merged has come, and counts from the days of its own.</summary>
    public sealed record MovedIn(GrowthEntry Entry, IReadOnlyList<DayGrowth> Days) : TierEvent;
}

/// <summary>State after a fact. Pure.</summary>
public static class TierFold
{
    public static TierAccount Evolve(TierAccount account, TierEvent fact) => fact switch
    {
        TierEvent.Grown { Entry: var entry } =>
            Booked(account, entry, Sum(account.Days, [new(ChinaDay.Of(entry.At), entry.Growth)], entry.At)),
        TierEvent.Undone { Total: var total } => account with { Undone = total },
        TierEvent.MovedOut moved => Booked(account, moved.Entry, days: []),
        TierEvent.MovedIn moved =>
            Booked(account, moved.Entry, Sum(account.Days, moved.Days, moved.Entry.At)),
        TierEvent.Moved moved => account with
        {
            Membership = moved.Membership,
            AddedChanges = moved.Change is { } change ? [.. account.AddedChanges, change] : account.AddedChanges,
        },
        TierEvent.Looked looked => account with
        {
            Membership = looked.Membership,
            AddedNotices = looked.Notice is { } notice ? [.. account.AddedNotices, notice] : account.AddedNotices,
        },
        TierEvent.Adjusted or TierEvent.Assigned or TierEvent.Entered => account,
        _ => throw new UnreachableException(),
    };

    private static TierAccount Booked(TierAccount account, GrowthEntry entry, IReadOnlyList<DayGrowth> days) =>
        account with
        {
            Growth = new GrowthSum(entry.AfterGrowth, entry.Seq, entry.Hash()),
            Days = days,
            AddedEntries = [.. account.AddedEntries, entry],
        };

    // Days that no window reaches any more go, so that a member never has more than the longest window of them.
    private static DayGrowth[] Sum(IReadOnlyList<DayGrowth> one, IReadOnlyList<DayGrowth> other, DateTimeOffset now)
    {
        var past = ChinaDay.Of(now).Date.AddDays(-ProgrammeRules.WindowDaysMax);
        return
        [
            .. one.Concat(other).Where(each => each.Day.Date > past)
                .GroupBy(each => each.Day, (day, same) => new DayGrowth(day, same.Sum(each => each.Growth)))
                .OrderBy(each => each.Day.Date),
        ];
    }
}

/// <summary>The "no"s of this slice.</summary>
public static class TierRefusals
{
    public static readonly Refusal Zero = new("growth.zero", RefusalKind.Invalid, "成长值不能为零。");
    public static readonly Refusal CauseTaken = new("growth.cause_taken", RefusalKind.Conflict, "该事项已记过不同数额的成长值。");
    public static readonly Refusal Insufficient = new("growth.insufficient", RefusalKind.Exhausted, "成长值不足。");
    public static readonly Refusal Full = new("growth.full", RefusalKind.Conflict, "成长值已达上限。");
    public static readonly Refusal TierMissing = new("tiers.missing", RefusalKind.Missing, "没有找到该等级。");
    public static readonly Refusal OldVersion = new("tiers.old_version", RefusalKind.Conflict, "等级方案已被他人修改，请刷新后重试。");
    public static readonly Refusal BadCode =
        new("tiers.code", RefusalKind.Invalid, "等级代码只能含小写字母、数字和减号，且不能重复。");
    public static readonly Refusal BadRank = new("tiers.rank", RefusalKind.Invalid, "等级须由低到高排列，级别逐级递增。");
    public static readonly Refusal BadThreshold =
        new("tiers.threshold", RefusalKind.Invalid, "最低等级的门槛须为零，其余逐级递增，保级门槛不能高于升级门槛。");
    public static readonly Refusal LowestEntered =
        new("tiers.lowest", RefusalKind.Invalid, "最低等级人人都有，不能设置升级礼。");
    public static readonly Refusal BadCoupons = new("tiers.coupons", RefusalKind.Invalid, "升级礼中的优惠券不能重复。");
    public static readonly Refusal BadEnd = new("tiers.until", RefusalKind.Invalid, "结束时间须晚于现在。");
}

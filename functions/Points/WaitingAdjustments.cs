using System.Text.Json.Serialization;
using Pond.Kernel;
using Pond.Platform;

namespace Pond.Points;

/// <summary>An adjustment over the limit: nothing is booked before a second operator has approved it.</summary>
/// <param name="Id">The member's id, then one of its own: so that the id alone leads to the partition.</param>
/// <param name="Points">Positive to give, negative to take.</param>
/// <param name="AskedBy">The operator who may not approve it.</param>
/// <param name="ExpiresAt">From then on nobody may.</param>
public sealed record WaitingAdjustment(
    string Id,
    string MemberId,
    Cause Cause,
    long Points,
    string Reason,
    string AskedBy,
    DateTimeOffset AskedAt,
    DateTimeOffset ExpiresAt,
    AdjustmentState State)
{
    public static string IdOf(string memberId, string id) => memberId + id;

    /// <summary>The member's id in an id of this form, or null for any other text.</summary>
    public static string? MemberIn(string id) =>
        id.Length == 2 * Ids.IdChars && Ids.IsId(id[..Ids.IdChars]) && Ids.IsId(id[Ids.IdChars..])
            ? id[..Ids.IdChars]
            : null;
}

/// <summary>Stored by name: never rename one.</summary>
public enum AdjustmentState
{
    Waiting,
    Approved,
    Rejected,
}

/// <summary>What the rules of approval look at.</summary>
/// <param name="Adjustment">The one at hand, or null when there is none.</param>
public sealed record AdjustmentCase(PointsAccount Account, WaitingAdjustment? Adjustment);

/// <summary>What can happen to a waiting adjustment.</summary>
[JsonDerivedType(typeof(AdjustmentAsked), "adjustment-asked")]
[JsonDerivedType(typeof(AdjustmentDecided), "adjustment-decided")]
public abstract partial record PointsEvent
{
    public sealed record AdjustmentAsked(WaitingAdjustment Adjustment) : PointsEvent;

    /// <param name="Adjustment">As it is from now on: approved or rejected.</param>
    public sealed record AdjustmentDecided(
        WaitingAdjustment Adjustment, string OperatorId, string Reason, DateTimeOffset At) : PointsEvent;
}

/// <summary>An adjustment waits, or has been decided.</summary>
public sealed record AdjustmentChangedV1(WaitingAdjustment Adjustment);

/// <summary>The queue of waiting adjustments.</summary>
public static class AdjustmentMessages
{
    public const string ListQueue = "points-adjustments";

    public static Message Changed(WaitingAdjustment adjustment) => new(ListQueue, new AdjustmentChangedV1(adjustment));
}

/// <summary>Why an adjustment cannot be decided.</summary>
public static class ApprovalRefusals
{
    public static readonly Refusal Missing =
        new("points.adjustment_missing", RefusalKind.Missing, "没有找到这笔积分调整。");

    public static readonly Refusal Own =
        new("points.adjustment_own", RefusalKind.Forbidden, "不能审批自己提交的积分调整。");

    public static readonly Refusal Decided =
        new("points.adjustment_decided", RefusalKind.Conflict, "这笔积分调整已有人审批。");

    public static readonly Refusal Expired =
        new("points.adjustment_expired", RefusalKind.Conflict, "这笔积分调整已过期，请重新提交。");
}

using Pond.Platform;

namespace Pond.Operators;

/// <summary>An operator changed something. Every slice says so in the batch of the change itself.</summary>
/// <param name="Action">What, such as <c>member.status</c>.</param>
/// <param name="TargetId">To which thing.</param>
/// <param name="Reason">Why, in the operator's words.</param>
/// <param name="Before">The value before, or null.</param>
/// <param name="After">The value after.</param>
public sealed record OperatorActedV1(
    string OperatorId, string Action, string TargetId, string Reason, string? Before, string After, DateTimeOffset At);

/// <summary>The queues of this slice.</summary>
public static class OperatorMessages
{
    public const string AuditQueue = "audit";

    public static Message Acted(OperatorActedV1 act) => new(AuditQueue, act);
}

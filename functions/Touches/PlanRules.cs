using Pond.Kernel;
using Pond.Members;

namespace Pond.Touches;

/// <summary>TCH-05: plans a touch, once for its occasion and id, and takes one back. Pure.</summary>
public static class PlanRules
{
    /// <summary>Touches of one member that wait at the same time; more are dropped.</summary>
    public const int WaitingMax = 30;

    /// <summary>A value longer than that is cut: no field of WeChat's shows as much.</summary>
    public const int ValueCharsMax = 60;

    /// <param name="desk">With all that waits, and with this touch.</param>
    public static Decision<TouchesMoved> Plan(TouchDesk desk, TouchPlannedV1 planned, DateTimeOffset now)
    {
        if (WhyNot(desk) is { } why) return why;
        if (desk.Find(Touch.KeyOf(planned.Occasion, planned.OccasionId)) is not null)
            return Decision<TouchesMoved>.Nothing;

        var dueAt = planned.NotBefore > now ? planned.NotBefore : now;
        var touch = new Touch(
            planned.Occasion, planned.OccasionId, Cut(planned.Values), planned.Page, planned.PromotionId, dueAt,
            planned.Until, ChinaDay.Of(dueAt), TouchState.Planned, Reason: null, Tries: 0, Sending: null, now);
        if (planned.Until <= dueAt) touch = touch.Dropped(DropReasons.Late, now);
        else if (desk.Touches.Count(one => one.State is TouchState.Planned) >= WaitingMax)
            touch = touch.Dropped(DropReasons.TooMany, now);
        return new TouchesMoved(desk.Member!.Id, desk.Book, [new TouchMove(null, touch)], now);
    }

    /// <summary>It is of no use any more. Told before it was planned, it keeps the plan from coming.</summary>
    public static Decision<TouchesMoved> Void(TouchDesk desk, TouchVoidedV1 voided, DateTimeOffset now)
    {
        if (WhyNot(desk) is { } why) return why;
        if (desk.Find(Touch.KeyOf(voided.Occasion, voided.OccasionId)) is not { } touch)
        {
            var never = new Touch(
                voided.Occasion, voided.OccasionId, new Dictionary<string, string>(), Page: "", PromotionId: null, now,
                now, Day: null, TouchState.Dropped, DropReasons.Voided, Tries: 0, Sending: null, now);
            return new TouchesMoved(desk.Member!.Id, desk.Book, [new TouchMove(null, never)], now);
        }

        if (touch.State is not (TouchState.Planned or TouchState.Reserved)) return Decision<TouchesMoved>.Nothing;
        return new TouchesMoved(
            desk.Member!.Id,
            SendRules.TakenBack(desk.Book, touch),
            [new TouchMove(touch.State, touch.Dropped(DropReasons.Voided, now))],
            now);
    }

    private static Refusal? WhyNot(TouchDesk desk) => desk.Member switch
    {
        null => MemberRefusals.Missing,
        { MergedInto: not null } => MemberRefusals.Merged, // the survivor is told
        _ => null,
    };

    private static Dictionary<string, string> Cut(IReadOnlyDictionary<string, string> values) => values.ToDictionary(
        value => value.Key,
        value => value.Value.Length <= ValueCharsMax ? value.Value : value.Value[..ValueCharsMax]);
}

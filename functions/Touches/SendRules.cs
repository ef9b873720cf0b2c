using System.Globalization;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform.WeChat;

namespace Pond.Touches;

/// <summary>TCH-05: sends a touch at most once, whatever breaks off. Pure.</summary>
public static class SendRules
{
    /// <summary>WeChat is asked so often at most, each time after it has said that it has sent nothing.</summary>
    public const int TriesMax = 5;

    /// <summary>From "not now" to the next try; it doubles with each further one.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);

    /// <summary>Whoever gets this "yes" asks WeChat. Whoever finds it given before asks nobody.</summary>
    /// <param name="stands">Whether what it tells still stands.</param>
    public static Decision<TouchesMoved> Begin(TouchDesk desk, string key, bool stands, DateTimeOffset now)
    {
        if (desk.Member is not { } member || desk.Find(key) is not { } touch) return Decision<TouchesMoved>.Nothing;
        if (touch.State is TouchState.Sending)
            return Moved(desk, desk.Book, touch, touch with { State = TouchState.Unknown, At = now }, now);
        if (touch.State is not TouchState.Reserved || member.MergedInto is not null)
            return Decision<TouchesMoved>.Nothing;

        var taken = TakenBack(desk.Book, touch);
        if (GovernorRules.WhyNot(touch, member, desk.Book, stands, now) is { } reason)
            return Moved(desk, taken, touch, touch.Dropped(reason, now), now);
        if (GovernorRules.IsQuiet(touch, now))
            return Moved(desk, taken, touch, GovernorRules.AfterQuiet(touch, now), now);
        if (ChinaDay.Of(touch.Sending!.At) != ChinaDay.Of(now)) // it was late, and counts for another day
            return Moved(desk, taken, touch, touch.Deferred(now, now), now);
        return Moved(desk, desk.Book, touch, touch with { State = TouchState.Sending, At = now }, now);
    }

    /// <summary>WeChat has answered, or has not.</summary>
    public static Decision<TouchesMoved> End(TouchDesk desk, string key, SendOutcome outcome, DateTimeOffset now)
    {
        if (desk.Find(key) is not { State: TouchState.Sending } touch) return Decision<TouchesMoved>.Nothing;
        return outcome switch
        {
            SendOutcome.Sent => Moved(desk, desk.Book, touch, touch with { State = TouchState.Sent, At = now }, now),
            SendOutcome.Refused refused => Moved(
                desk, Refused(desk.Book, touch, refused, now), touch, Failed(touch, refused.ErrCode, now), now),
            SendOutcome.NotSent notSent => Moved(
                desk, TakenBack(desk.Book, touch), touch, Later(touch, notSent.ErrCode, now), now),
            _ => Moved(desk, desk.Book, touch, touch with { State = TouchState.Unknown, At = now }, now),
        };
    }

    /// <summary>The book without the place that a touch had in it, which was not sent.</summary>
    public static TouchBook TakenBack(TouchBook book, Touch touch) =>
        touch.Sending is null ? book : CreditRules.GivenBack(Uncounted(book, touch), touch.Sending);

    private static TouchBook Uncounted(TouchBook book, Touch touch) =>
        book.Counted(ChinaDay.Of(touch.Sending!.At), touch.Occasion, more: -1);

    // Whether a refused message has cost the member's "yes", WeChat does not say: so it has.
    private static TouchBook Refused(TouchBook book, Touch touch, SendOutcome.Refused refused, DateTimeOffset now) =>
        refused.IsWithoutCredit
            ? CreditRules.Reset(Uncounted(book, touch), touch.Sending!.TemplateId, now)
            : Uncounted(book, touch);

    private static Touch Later(Touch touch, int errCode, DateTimeOffset now)
    {
        var again = touch with { Tries = touch.Tries + 1 };
        return again.Tries >= TriesMax
            ? Failed(again, errCode, now)
            : again.Deferred(now + (FirstPause * (1 << touch.Tries)), now);
    }

    private static Touch Failed(Touch touch, int errCode, DateTimeOffset now) => touch with
    {
        State = TouchState.Failed,
        Reason = errCode.ToString(CultureInfo.InvariantCulture),
        At = now,
    };

    private static Decision<TouchesMoved> Moved(
        TouchDesk desk, TouchBook book, Touch before, Touch after, DateTimeOffset now) =>
        new TouchesMoved(desk.Member!.Id, book, [new TouchMove(before.State, after)], now);
}

using Pond.Kernel;
using Pond.Members;

namespace Pond.Touches;

/// <summary>TCH-01, TCH-04: a member has said what they agree to be sent, and what not. Pure.</summary>
public static class SubscriptionRules
{
    /// <summary>The phone says so.</summary>
    /// <param name="accepted">Templates that serve an occasion, each once.</param>
    public static Decision<TouchesMoved> Accept(
        TouchDesk desk, IReadOnlyList<string> accepted, DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(desk.Member) is { } why) return why;
        if (accepted.Count == 0) return Decision<TouchesMoved>.Nothing;
        return new TouchesMoved(desk.Member!.Id, accepted.Aggregate(desk.Book, CreditRules.AcceptedByPhone), [], now);
    }

    /// <summary>TCH-04: the member wants to hear nothing of these any more, and of all others again.</summary>
    public static Decision<TouchesMoved> Silence(
        TouchDesk desk, IReadOnlyList<Occasion> occasions, DateTimeOffset now)
    {
        if (desk.Member is not { } member) return MemberRefusals.Missing;
        if (occasions.Any(OccasionRules.IsService)) return TouchRefusals.NotToSilence;
        Occasion[] silenced = [.. occasions.Distinct().Order()];
        return silenced.SequenceEqual(desk.Book.Silenced ?? [])
            ? Decision<TouchesMoved>.Nothing
            : new TouchesMoved(member.Id, desk.Book with { Silenced = silenced }, [], now);
    }

    /// <summary>WeChat says so, some time after it was said.</summary>
    public static Decision<TouchesMoved> Hear(TouchDesk desk, SubscriptionToldV1 told, DateTimeOffset now)
    {
        if (desk.Member is not { } member) return MemberRefusals.Missing;
        if (member.MergedInto is not null) return MemberRefusals.Merged;
        var book = told.Told.Aggregate(desk.Book, (book, one) => one.IsAccepted
            ? CreditRules.AcceptedByWeChat(book, one.TemplateId, told.At)
            : CreditRules.Reset(book, one.TemplateId, told.At));
        return new TouchesMoved(member.Id, book, [], now);
    }
}

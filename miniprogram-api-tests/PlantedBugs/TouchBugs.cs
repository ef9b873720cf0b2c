namespace Pond.Tests.PlantedBugs;

/// <summary>Mistakes in who is told what, how often, and after which answer of WeChat's.</summary>
internal static class TouchBugs
{
    private const string Round = "Touches/GovernorRound.cs";
    private const string Sends = "Touches/SendRules.cs";

    public static readonly PlantedBug[] All =
    [
        new(
            "messages without a cap",
            "Everything that is due is sent at once, however much that is in a day.",
            new Patch(Round, "if (places <= 0)", "if (places <= 0 && !PLANTED)"),
            new Patch(Round, "if (isDue && nextAt > now)", "if (isDue && nextAt > now && !PLANTED)")),
        new(
            "message again after no answer",
            "Whoever finds a message that was begun, and does not know what became of it, sends it.",
            new Patch(
                Sends,
                "if (touch.State is TouchState.Sending)",
                "if (touch.State is TouchState.Sending && !PLANTED)"),
            new Patch(
                Sends,
                "if (touch.State is not TouchState.Reserved ||",
                "if ((touch.State is not TouchState.Reserved && !(touch.State is TouchState.Sending && PLANTED)) ||")),
        new(
            "message for nothing",
            "A message does not cost the yes that it was sent for.",
            new Patch(
                Round,
                "Book = CreditRules.Spent(Book.Counted(ChinaDay.Of(now), touch.Occasion, more: 1), template.TemplateId);",
                "Book = PLANTED ? Book.Counted(ChinaDay.Of(now), touch.Occasion, more: 1) : CreditRules.Spent("
                + "Book.Counted(ChinaDay.Of(now), touch.Occasion, more: 1), template.TemplateId);")),
        new(
            "consent looked at once",
            "A message that has its place is sent, though the member has taken their consent back meanwhile.",
            new Patch(
                Sends,
                "if (GovernorRules.WhyNot(touch, member, desk.Book, stands, now) is { } reason)",
                "if (GovernorRules.WhyNot(touch, member, desk.Book, stands, now) is { } reason "
                + "&& !(PLANTED && reason == DropReasons.OptedOut))")),
    ];
}

using FsCheck;
using FsCheck.Fluent;
using Pond.Touches;

namespace Pond.Tests.Touches;

/// <summary>Each "yes" is told twice, or once, or never, early and late: it is good for one message at most.</summary>
[Rule("TCH-01")]
public sealed class CountingCredits
{
    private const string Template = "t";

    private static readonly DateTimeOffset Start = HandClock.Start;

    private enum Step
    {
        PhoneTells,
        WeChatTells,
        Sends,
    }

    // Of each of twelve answers who tells of it; then all of that in any order, with messages between.
    private static Gen<(int Yeses, Step[] Steps)> Histories =>
        from told in Gen.Choose(1, 3).ArrayOf(12)
        from sends in Gen.Choose(0, 15)
        from seed in Gen.Choose(0, int.MaxValue)
        select (told.Length, Mixed(told, sends, seed));

    [Fact]
    public void No_more_messages_are_allowed_than_the_member_said_yes() => Prop.ForAll(
        Histories.ToArbitrary(),
        history =>
        {
            var (book, sent) = (TouchBook.Empty, 0);
            foreach (var (step, i) in history.Steps.Select((step, i) => (step, i)))
            {
                if (step is Step.PhoneTells) book = CreditRules.AcceptedByPhone(book, Template);
                if (step is Step.WeChatTells) book = CreditRules.AcceptedByWeChat(book, Template, Start.AddSeconds(i));
                if (step is not Step.Sends || CreditRules.Left(book, Template) == 0) continue;
                book = CreditRules.Spent(book, Template);
                sent++;
            }

            var left = CreditRules.Left(book, Template);
            return left >= 0 && sent + left <= history.Yeses;
        }).CheckThoroughly();

    [Fact]
    public void After_a_no_what_was_said_before_counts_no_more()
    {
        var book = CreditRules.AcceptedByPhone(CreditRules.AcceptedByPhone(TouchBook.Empty, Template), Template);
        book = CreditRules.Reset(book, Template, Start);
        book = CreditRules.AcceptedByWeChat(book, Template, Start.AddSeconds(-1)); // it was late
        book = CreditRules.GivenBack(book, new TouchSending(Template, new Dictionary<string, string>(), Start.AddMinutes(-1)));
        Assert.Equal(0, CreditRules.Left(book, Template));

        book = CreditRules.AcceptedByWeChat(book, Template, Start.AddSeconds(1));
        Assert.Equal(1, CreditRules.Left(CreditRules.AcceptedByPhone(book, Template), Template));
        Assert.Equal(0, CreditRules.Left(book, "other"));
    }

    private static Step[] Mixed(int[] told, int sends, int seed)
    {
        Step[] steps =
        [
            .. told.Where(bits => (bits & 1) != 0).Select(_ => Step.PhoneTells),
            .. told.Where(bits => (bits & 2) != 0).Select(_ => Step.WeChatTells),
            .. Enumerable.Repeat(Step.Sends, sends),
        ];
        new Random(seed).Shuffle(steps);
        return steps;
    }
}

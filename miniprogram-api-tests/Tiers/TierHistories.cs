using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Tiers;

namespace Pond.Tests.Tiers;

/// <summary>One thing that happens to a member's tier.</summary>
/// <param name="Kind">What.</param>
/// <param name="Growth">Of a booking.</param>
/// <param name="CauseId">Few, so that causes come again.</param>
/// <param name="TierIndex">Of the tier that an operator gives, modulo their number.</param>
/// <param name="ForDays">How long an operator gives it.</param>
/// <param name="HoursLater">Since the step before.</param>
public sealed record TierStep(TierStepKind Kind, long Growth, int CauseId, int TierIndex, int ForDays, int HoursLater);

/// <summary>What can happen.</summary>
public enum TierStepKind
{
    Book,
    Assign,
    Sweep,
}

/// <summary>Draws programmes and histories and plays them on rows, as the app would.</summary>
internal sealed class TierHistory
{
    private readonly LayoutRows rows = new();
    private DateTimeOffset now = HandClock.Start;

    public TierHistory(Programme programme, string id = "m")
    {
        (Programme, Id) = (programme, id);
        rows.Put(MemberRows.Head, new Member(id, MemberStatus.Active, HandClock.Start, null, null, []));
    }

    public static Arbitrary<(Programme Programme, TierStep[] Steps)> Any =>
        (from programme in AnyProgramme
         from steps in Gen.Choose(1, 25).SelectMany(count => Step.ArrayOf(count))
         select (programme, steps)).ToArbitrary();

    public Programme Programme { get; }

    public string Id { get; }

    public DateTimeOffset Now => now;

    public bool HasClash => rows.HasClash;

    public TierAccount Account => rows.State(TierRows.Account(MemberRows.Partition("m")));

    /// <summary>The code of the tier at present and when it ends, whether or not it was reviewed.</summary>
    public (string Code, DateTimeOffset? ValidTo) Tier
    {
        get
        {
            var account = Account;
            var settled = TierRules.Settle(account, Programme, now).Aggregate(account, TierFold.Evolve).Membership;
            return (Programme.TierOf(settled).Code, settled.ValidTo());
        }
    }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<GrowthEntry> Entries => [.. rows.Under<GrowthEntry>(TierRows.EntryPrefix).Reverse()];

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<TierChange> Changes => [.. rows.Under<TierChange>(TierRows.ChangePrefix).Reverse()];

    public IReadOnlyList<TierAboutToLapse> Notices => rows.Under<TierAboutToLapse>(TierRows.NoticePrefix);

    /// <summary>What entering tiers has brought, and when.</summary>
    public List<(DateTimeOffset At, TierEvent.Entered What)> Brought { get; } = [];

    /// <summary>Every stay that there was.</summary>
    public List<Stay> Stays { get; } = [];

    public void Wait(int hours) => now = now.AddHours(hours);

    public Decision<TierEvent> Play(TierStep step)
    {
        var before = Changes.Count;
        var decision = step.Kind switch
        {
            TierStepKind.Book => rows.Run(
                TierRows.Account("m", CauseOf(step)),
                account => GrowthRules.Book(account, Programme, CauseOf(step), step.Growth, now)),
            TierStepKind.Assign => rows.Run(
                TierRows.Account(MemberRows.Partition("m")),
                account => MoveRules.Assign(account, Programme, AssignmentOf(step), now)),
            _ => Sweep(),
        };
        Remember(decision);
        return decision;
    }

    public Decision<TierEvent> Sweep() => rows.Run(
        TierRows.Account(MemberRows.Partition("m")), account => TierRules.Review(account, Programme, now));

    /// <summary>Plays what no step stands for, about the merge of an account.</summary>
    public Decision<TierEvent> Run(string fromMemberId, Func<TierAccount, Decision<TierEvent>> decide)
    {
        var decision = rows.Run(TierRows.Account("m", MergingRules.CauseOf(fromMemberId)), decide);
        Remember(decision);
        return decision;
    }

    /// <summary>The account is part of another one from now on.</summary>
    public void BecomePartOf(string memberId) => rows.Put(
        MemberRows.Head,
        new Member(Id, MemberStatus.Merged, HandClock.Start, null, null, [], MergedInto: memberId));

    public Assignment AssignmentOf(TierStep step) => new(
        Programme.Tiers[step.TierIndex % Programme.Tiers.Count].Code, now.AddDays(step.ForDays), "operator", "a test");

    public static GrowthCause CauseOf(TierStep step) => new("test", $"{step.CauseId}");

    private void Remember(Decision<TierEvent> decision)
    {
        DateTimeOffset? at = null;
        foreach (var fact in decision.Facts)
        {
            if (fact is TierEvent.Moved moved)
            {
                at = moved.Change?.At;
                if (moved.Membership.Stay is { } stay && (Stays.Count == 0 || Stays[^1].Number != stay.Number))
                    Stays.Add(stay);
            }

            if (fact is TierEvent.Entered entered) Brought.Add((at!.Value, entered));
        }
    }

    private static Gen<Programme> AnyProgramme =>
        from windowDays in Gen.Elements(0, 1, 30, 90, 365, 730)
        from returns in Gen.Elements(Enum.GetValues<ReturnPolicy>())
        from count in Gen.Choose(1, 5)
        from tiers in Gen.CollectToArray(Enumerable.Range(0, count).Select(AnyTier))
        select new Programme(1, windowDays, returns, tiers);

    private static Gen<Tier> AnyTier(int index) =>
        from keepPercent in Gen.Choose(0, 100)
        from validityDays in Gen.Elements(0, 1, 10, 30, 31, 90, 365)
        from graceDays in Gen.Elements(0, 0, 1, 7, 45)
        from downgrade in Gen.Elements(Enum.GetValues<Downgrade>())
        let enter = index * 100L
        select new Tier(
            $"tier-{index}", "", 7 + (index * 3), enter, enter * keepPercent / 100, validityDays, graceDays, downgrade,
            new Benefits(0, 10_000, 0, 0, EnterPoints: index, []));

    private static Gen<TierStep> Step =>
        from kind in Gen.Frequency(
            (7, Gen.Constant(TierStepKind.Book)), (1, Gen.Constant(TierStepKind.Assign)),
            (3, Gen.Constant(TierStepKind.Sweep)))
        from growth in Gen.Frequency((6, Gen.Choose(1, 150)), (3, Gen.Choose(-150, 0)), (1, Gen.Choose(300, 600)))
        from causeId in Gen.Choose(0, 40)
        from tierIndex in Gen.Choose(0, 4)
        from forDays in Gen.Elements(-1, 0, 1, 20, 100)
        from hoursLater in Gen.Elements(0, 0, 1, 24, 24 * 7, 24 * 31, 24 * 100, 24 * 400)
        select new TierStep(kind, growth, causeId, tierIndex, forDays, hoursLater);
}

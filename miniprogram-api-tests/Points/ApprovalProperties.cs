using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Points;

namespace Pond.Tests.Points;

/// <summary>Any history of adjustments, approvals and rejections by four operators.</summary>
[Rule("ADM-02")]
public sealed class ApprovalProperties
{
    private const int HistoriesMin = 2_000;
    private const long Limit = 100;

    [Fact]
    public void Points_over_the_limit_move_once_by_two_operators_in_time_or_never() => Holds(history =>
        history.Waited.All(waiting =>
        {
            Entry[] entries = [.. history.Entries.Where(entry => entry.Cause == waiting.Cause)];
            var approvals = history.Decided
                .Where(each => each.Adjustment.Id == waiting.Id && each.Adjustment.State is AdjustmentState.Approved)
                .ToArray();
            return entries.Length == approvals.Length
                && history.Decided.Count(each => each.Adjustment.Id == waiting.Id) <= 1
                && entries.All(entry => entry.Points == waiting.Points)
                && approvals.All(approval => approval.OperatorId != waiting.AskedBy
                    && approval.At >= waiting.AskedAt && approval.At < waiting.AskedAt + ApprovalRules.WaitingTime);
        }));

    [Fact]
    public void Nothing_over_the_limit_is_booked_without_having_waited() => Holds(history =>
        history.Entries.All(entry => Math.Abs(entry.Points) <= Limit
            || history.Waited.Any(waiting => waiting.Cause == entry.Cause)));

    [Fact, Rule("PTS-09")]
    public void Balance_and_ledger_stay_one_and_never_fall_below_zero() => Holds(history =>
        history.Entries.Sum(entry => entry.Points) == history.Balance
        && history.Entries.All(entry => entry.AfterPoints >= 0)
        && !history.HasClash);

    [Fact]
    public void An_approval_is_refused_for_the_first_reason_that_there_is() => Prop.ForAll(Any, steps =>
    {
        var history = new History();
        foreach (var step in steps)
        {
            var expected = step.Kind is StepKind.Approve ? history.WhyNoApproval(step) : null;
            var decision = history.Play(step);
            if (step.Kind is StepKind.Approve && decision is not null && decision.Refusal != expected) return false;
        }

        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(HistoriesMin));

    private static void Holds(Func<History, bool> promise) => Prop.ForAll(Any, steps =>
    {
        var history = new History();
        foreach (var step in steps) history.Play(step);
        return promise(history);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(HistoriesMin));

    private enum StepKind
    {
        Adjust,
        Approve,
        Reject,
        Freeze,
        Thaw,
    }

    /// <param name="Which">Of the adjustments that have waited so far.</param>
    private sealed record Step(StepKind Kind, int Operator, long Points, int Which, int HoursLater);

    private static Arbitrary<Step[]> Any => Gen.Choose(1, 40).SelectMany(count => (
        from kind in Gen.Elements(
            StepKind.Adjust, StepKind.Adjust, StepKind.Adjust, StepKind.Approve, StepKind.Approve, StepKind.Reject,
            StepKind.Freeze, StepKind.Thaw, StepKind.Thaw)
        from who in Gen.Choose(0, 3)
        from points in Gen.Elements(1L, Limit, Limit + 1, 150, 400, 0, -1, -Limit, -Limit - 1, -300)
        from which in Gen.Choose(0, 7)
        from hours in Gen.Elements(0, 0, 0, 1, 30, 168)
        select new Step(kind, who, points, which, hours)).ArrayOf(count)).ToArbitrary();

    private sealed class History
    {
        private readonly LayoutRows rows = new();
        private DateTimeOffset now = HandClock.Start;
        private MemberStatus status;
        private int asked;

        public History() => SetStatus(MemberStatus.Active);

        public List<WaitingAdjustment> Waited { get; } = [];

        public List<PointsEvent.AdjustmentDecided> Decided { get; } = [];

        public bool HasClash => rows.HasClash;

        public IReadOnlyList<Entry> Entries => rows.Under<Entry>(PointsRows.EntryPrefix);

        public long Balance => rows.State(PointsRows.Account("m", new Cause("", ""), Direction.Earn)).Balance.PostedPoints;

        /// <returns>Null for a step that decides nothing.</returns>
        public Decision<PointsEvent>? Play(Step step)
        {
            now = now.AddHours(step.HoursLater);
            if (step.Kind is StepKind.Freeze or StepKind.Thaw)
            {
                SetStatus(step.Kind is StepKind.Freeze ? MemberStatus.Frozen : MemberStatus.Active);
                return null;
            }

            if (step.Kind is not StepKind.Adjust && Waited.Count == 0) return null;
            var decision = step.Kind is StepKind.Adjust ? Adjust(step) : Decide(step, Waited[step.Which % Waited.Count]);
            Waited.AddRange(decision.Facts.OfType<PointsEvent.AdjustmentAsked>().Select(fact => fact.Adjustment));
            Decided.AddRange(decision.Facts.OfType<PointsEvent.AdjustmentDecided>());
            return decision;
        }

        public Refusal? WhyNoApproval(Step step)
        {
            if (Waited.Count == 0) return null;
            var waiting = Waited[step.Which % Waited.Count];
            var at = now.AddHours(step.HoursLater);
            if (Decided.Any(each => each.Adjustment.Id == waiting.Id)) return ApprovalRefusals.Decided;
            if (at >= waiting.AskedAt + ApprovalRules.WaitingTime) return ApprovalRefusals.Expired;
            if (waiting.AskedBy == Name(step)) return ApprovalRefusals.Own;
            if (status is MemberStatus.Frozen) return MemberRefusals.Frozen;
            return Balance + waiting.Points < 0 ? PointsRefusals.Insufficient : null;
        }

        private Decision<PointsEvent> Adjust(Step step)
        {
            var (id, cause) = ($"a{asked}", new Cause(Cause.Adjustment, $"{asked++}"));
            var adjustment = new Adjustment(cause, $"lot-{id}", step.Points, "m", Name(step), "why");
            return rows.Run(
                AdjustmentRows.Case("m", id, cause, step.Points),
                at => ApprovalRules.Adjust(at.Account, id, adjustment, Limit, expiresAt: null, now));
        }

        private Decision<PointsEvent> Decide(Step step, WaitingAdjustment known)
        {
            var review = new Review(Name(step), "why", now);
            return rows.Run(
                AdjustmentRows.Case("m", known.Id, known.Cause, known.Points),
                at => step.Kind is StepKind.Approve
                    ? ApprovalRules.Approve(at, review, $"lot-{known.Id}", expiresAt: null)
                    : ApprovalRules.Reject(at, review));
        }

        private void SetStatus(MemberStatus after)
        {
            status = after;
            rows.Put(MemberRows.Head, new Member("m", after, HandClock.Start, null, null, []));
        }

        private static string Name(Step step) => $"operator-{step.Operator}";
    }
}

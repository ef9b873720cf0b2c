using FsCheck;
using FsCheck.Fluent;
using Pond.Coupons;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;

namespace Pond.Tests.Coupons;

public enum WalletStepKind
{
    Reserve,
    Confirm,
    Release,
    Abandon,
    Lapse,
    Return,
    ReturnUnheard,
    Freeze,
    Thaw,
    Revoke,
    Wait,
}

public sealed record WalletStep(WalletStepKind Kind, int Order, int Minutes);

/// <summary>One coupon through any history, on the rows that the app would write.</summary>
[Rule("CPN-03")]
public sealed class WalletProperties
{
    private static readonly DateTimeOffset ValidUntil = HandClock.Start.AddMinutes(200);
    private static readonly string CouponId = CouponIds.Of(ValidUntil, Ids.From("coupon"));

    private static readonly (CouponState Before, CouponState After)[] Edges =
    [
        (CouponState.Issued, CouponState.Reserved), (CouponState.Issued, CouponState.Frozen),
        (CouponState.Issued, CouponState.Revoked), (CouponState.Reserved, CouponState.Used),
        (CouponState.Reserved, CouponState.Issued), (CouponState.Reserved, CouponState.Expired),
        (CouponState.Used, CouponState.Issued), (CouponState.Used, CouponState.Expired),
        (CouponState.Frozen, CouponState.Issued), (CouponState.Frozen, CouponState.Expired),
        (CouponState.Frozen, CouponState.Revoked),
    ];

    [Fact]
    public void A_coupon_goes_along_its_edges_and_nowhere_else() => Holds((before, _, after, decision) =>
        decision.Facts is [] or [WalletEvent.Abandoned]
            ? before == after
            : decision.Facts is [_] or [WalletEvent.Confirmed, WalletEvent.Returned]
                && Edges.Contains((before.State, after.State)));

    [Fact, Rule("CPN-10")]
    public void An_order_that_was_given_up_never_gets_the_coupon_after() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        var givenUp = new HashSet<string>();
        foreach (var fact in steps.SelectMany(step => history.Play(step).Facts))
        {
            if (fact is WalletEvent.Abandoned abandoned) givenUp.Add(abandoned.OrderId);
            if (fact is WalletEvent.Released released) givenUp.Add(released.OrderId);
            if (fact is WalletEvent.Reserved reserved && givenUp.Contains(reserved.OrderId)) return false;
        }

        return true;
    }).CheckThoroughly();

    [Fact]
    public void A_wish_repeated_changes_nothing() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        return steps.All(step =>
        {
            history.Play(step with { Minutes = 0 });
            var coupon = history.Coupon;
            return history.Play(step with { Minutes = 0 }).Facts.Count == 0 && history.Coupon == coupon;
        });
    }).CheckThoroughly();

    [Fact]
    public void A_coupon_is_taken_only_while_it_is_valid_and_free() => Holds((before, step, after, _) =>
        step.Step.Kind is not WalletStepKind.Reserve || before == after
        || (before.State is CouponState.Issued && step.Now < ValidUntil));

    [Fact]
    public void An_order_that_was_told_an_outcome_is_never_told_another() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        var facts = steps.SelectMany(step => history.Play(step).Facts).ToArray();
        return facts.OfType<WalletEvent.Reserved>().GroupBy(fact => fact.OrderId).All(one => one.Count() == 1)
            && facts.Select(fact => fact switch
            {
                WalletEvent.Confirmed confirmed => confirmed.OrderId,
                WalletEvent.Released released => released.OrderId,
                WalletEvent.Abandoned abandoned => abandoned.OrderId,
                _ => null,
            }).OfType<string>().GroupBy(order => order).All(one => one.Count() == 1);
    }).CheckThoroughly();

    [Fact]
    public void Rows_say_what_the_facts_said() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        return steps.All(step =>
        {
            history.Play(step);
            var (coupon, held) = (history.Coupon, history.Rows.Under<Coupon>(WalletRows.HeldPrefix));
            var isReserved = coupon.State is CouponState.Reserved;
            return !history.Rows.HasClash
                && (isReserved ? held.Single() == coupon : held.Count == 0)
                && (coupon.HeldUntil is not null) == isReserved
                && (coupon.OrderId is not null) == (isReserved || coupon.State is CouponState.Used)
                && history.Rows.Under<CouponHold>("coupon-hold").Count(hold => hold.State is HoldState.Open)
                    == (isReserved ? 1 : 0);
        });
    }).CheckThoroughly();

    [Fact]
    public void A_coupon_stored_before_holds_were_known_still_reads()
    {
        const string Old =
            """
            {"id":"1","terms":{"templateId":"t","name":"满30减5","discount":{"kind":"AmountOff","amountFen":500},
            "thresholdFen":3000,"claimFrom":"2026-03-02T12:00:00+08:00","claimUntil":"2026-03-04T12:00:00+08:00",
            "validDays":30,"perMember":1},"state":"Issued","claimedAt":"2026-03-02T12:00:00+08:00",
            "validUntil":"2026-04-01T00:00:00+08:00"}
            """;

        var coupon = Stored.Read<Coupon>(Old);

        Assert.Equal((CouponState.Issued, null, null), (coupon.State, coupon.OrderId, coupon.HeldUntil));
    }

    private static Arbitrary<WalletStep[]> Steps => Gen.Choose(1, 40).SelectMany(count => (
        from kind in Gen.Elements(Enum.GetValues<WalletStepKind>())
        from order in Gen.Choose(0, 4)
        from minutes in Gen.Choose(0, 40)
        select new WalletStep(kind, order, minutes)).ArrayOf(count)).ToArbitrary();

    private static void Holds(
        Func<Coupon, (WalletStep Step, DateTimeOffset Now), Coupon, Decision<WalletEvent>, bool> isRight) =>
        Prop.ForAll(Steps, steps =>
        {
            var history = new History();
            return steps.All(step =>
            {
                var (before, decision) = (history.Coupon, history.Play(step));
                return isRight(before, (step, history.Now), history.Coupon, decision);
            });
        }).CheckThoroughly();

    private sealed class History
    {
        public History()
        {
            Rows.Put(MemberRows.Head, new MemberStanding("m", MemberStatus.Active));
            Rows.Put(WalletRows.Row(CouponId), new Coupon(
                CouponId, CouponHistory.Template(1, 1, 1).Terms, CouponState.Issued, HandClock.Start, ValidUntil));
        }

        public LayoutRows Rows { get; } = new();

        public DateTimeOffset Now { get; private set; } = HandClock.Start;

        public Coupon Coupon => Rows.State(WalletRows.Coupon("m", CouponId)).Coupon!;

        public Decision<WalletEvent> Play(WalletStep step)
        {
            var order = $"order-{step.Order}";
            return step.Kind switch
            {
                WalletStepKind.Reserve =>
                    Order(wallet => CouponRules.Reserve(wallet, order, Now.AddMinutes(30), Now)),
                WalletStepKind.Confirm => Order(wallet => CouponRules.Confirm(wallet, order, Now)),
                WalletStepKind.Release => Order(wallet => CouponRules.Release(wallet, order, Now)),
                WalletStepKind.Abandon => Order(wallet => CouponRules.Abandon(wallet, order, Now)),
                WalletStepKind.ReturnUnheard => Order(
                    wallet => OrderCouponRules.Return(wallet, order, isMerchantsFault: false, "seed", Now)),
                WalletStepKind.Lapse => Order(wallet => CouponRules.Lapse(wallet, order, Now)),
                WalletStepKind.Return => Order(wallet => CouponRules.Return(wallet, order, Now)),
                WalletStepKind.Freeze => Judge(CouponVerdict.Frozen),
                WalletStepKind.Thaw => Judge(CouponVerdict.Issued),
                WalletStepKind.Revoke => Judge(CouponVerdict.Revoked),
                _ => Wait(step.Minutes),
            };

            Decision<WalletEvent> Order(Func<WalletCoupon, Decision<WalletEvent>> decide) =>
                Rows.Run(WalletRows.Coupon("m", CouponId, order), decide);
        }

        private Decision<WalletEvent> Judge(CouponVerdict verdict) => Rows.Run(
            WalletRows.Coupon("m", CouponId),
            wallet => CouponRules.Judge(wallet, new Judgement("m", CouponId, verdict, "op", "a test"), Now));

        private Decision<WalletEvent> Wait(int minutes)
        {
            Now = Now.AddMinutes(minutes);
            return Decision<WalletEvent>.Nothing;
        }
    }
}

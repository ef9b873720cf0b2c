using FsCheck;
using FsCheck.Fluent;
using Pond.Coupons;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;

namespace Pond.Tests.Coupons;

[Rule("CPN-08")]
public sealed class GiftProperties
{
    public enum GiftStep
    {
        Give,
        Accept,
        Cancel,
        Lapse,
        Deliver,
        Wait,
    }

    [Fact]
    public void A_coupon_is_in_one_wallet_or_in_one_gift() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        return steps.All(step =>
        {
            history.Play(step.Kind, step.Friend);
            return history.Places == 1;
        });
    }).CheckThoroughly();

    [Fact]
    public void Once_all_is_delivered_one_wallet_has_it_for_good() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        foreach (var step in steps) history.Play(step.Kind, step.Friend);
        history.DeliverAll();
        var received = history.Received.Count;
        return received <= 1
            && history.Own.State == (received == 1 ? CouponState.Given
                : history.IsOffered ? CouponState.Gifting
                : history.Now < CouponValidUntil ? CouponState.Issued
                : history.Own.State is CouponState.Expired ? CouponState.Expired : CouponState.Issued);
    }).CheckThoroughly();

    [Fact]
    public void What_is_done_again_changes_nothing() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        return steps.Where(step => step.Kind is not (GiftStep.Give or GiftStep.Wait)).All(step =>
        {
            history.Play(GiftStep.Give, 0);
            history.Play(step.Kind, step.Friend);
            var (own, gift) = (history.Own, history.Gift);
            history.Play(step.Kind, step.Friend);
            return step.Kind is GiftStep.Deliver || (history.Own == own && history.Gift == gift);
        });
    }).CheckThoroughly();

    private static readonly DateTimeOffset CouponValidUntil = HandClock.Start.AddHours(60);

    private static Arbitrary<(GiftStep Kind, int Friend)[]> Steps =>
        (from kind in Gen.Elements(Enum.GetValues<GiftStep>())
         from friend in Gen.Choose(0, 3)
         select (kind, friend)).ArrayOf().ToArbitrary();

    /// <summary>One coupon of a giver's and four friends, with messages that come late or twice.</summary>
    private sealed class History
    {
        private const string Giver = "giver";
        private readonly LayoutRows wallet = new();
        private readonly Dictionary<string, LayoutRows> gifts = [];
        private readonly List<GiftEvent.Ended> onTheWay = [];
        private string lastKey = "";

        public History()
        {
            wallet.Put(MemberRows.Head, new MemberStanding(Giver, MemberStatus.Active));
            var terms = CouponHistory.Template(1, 1, 1).Terms with { IsTransferable = true };
            wallet.Put(
                WalletRows.Row("c"), new Coupon("c", terms, CouponState.Issued, HandClock.Start, CouponValidUntil));
        }

        public DateTimeOffset Now { get; private set; } = HandClock.Start;

        public HashSet<string> Received { get; } = [];

        public Coupon Own => wallet.State(WalletRows.Coupon(Giver, "c")).Coupon!;

        public Gift? Gift => gifts.TryGetValue(lastKey, out var rows) ? rows.State(GiftRows.Gift(lastKey)) : null;

        public bool IsOffered => Gift is { State: GiftState.Open };

        /// <summary>
        /// The giver's wallet, an open gift, a friend's wallet, or on the way from an ended gift to either.
        /// </summary>
        public int Places
        {
            get
            {
                var inOwn = Own.State is CouponState.Issued or CouponState.Expired ? 1 : 0;
                var backOnTheWay = Own.State is CouponState.Gifting && onTheWay.Any(ended =>
                    ended.Gift.Id == Own.GiftId && ended.Gift.State is not GiftState.Accepted) ? 1 : 0;
                var isTaken = gifts.Any(gift => gift.Value.State(GiftRows.Gift(gift.Key))!.State is GiftState.Accepted);
                return inOwn + backOnTheWay + (IsOffered ? 1 : 0) + (isTaken ? 1 : 0);
            }
        }

        public void Play(GiftStep kind, int friend)
        {
            switch (kind)
            {
                case GiftStep.Give: Give(); break;
                case GiftStep.Accept: End(gift => GiftRules.Accept(gift, $"friend-{friend}", Now)); break;
                case GiftStep.Cancel: End(gift => GiftRules.Cancel(gift, Giver, Now)); break;
                case GiftStep.Lapse: End(gift => GiftRules.Lapse(gift, Now)); break;
                case GiftStep.Deliver: Deliver(friend); break;
                case GiftStep.Wait: Now = Now.AddHours(7 * friend); break;
            }
        }

        public void DeliverAll()
        {
            for (var i = 0; i < onTheWay.Count; i++) Deliver(i);
        }

        private void Give()
        {
            var key = $"g{gifts.Count}";
            var decision = wallet.Run(
                WalletRows.Coupon(Giver, "c"), state => GiftRules.Offer(state, key, key, Now));
            if (decision.Facts is not [WalletEvent.Offered { Offer: var offer }]) return;
            gifts.Add(lastKey = key, new LayoutRows());
            for (var twice = 0; twice < 2; twice++)
                gifts[key].Run(GiftRows.Gift(key), gift => GiftRules.Open(gift, offer));
        }

        private void End(Func<Gift?, Decision<GiftEvent>> decide)
        {
            if (Gift is null) return;
            if (gifts[lastKey].Run(GiftRows.Gift(lastKey), decide).Facts is [GiftEvent.Ended ended])
                onTheWay.Add(ended);
        }

        // Kept, so that it comes again.
        private void Deliver(int which)
        {
            if (onTheWay.Count == 0) return;
            var (gift, at) = onTheWay[which % onTheWay.Count];
            if (gift.ToMemberId is { } friend) Received.Add(friend);
            var ended = new GiftEndedV1(Giver, "c", gift.Id, gift.State is GiftState.Accepted, at);
            wallet.Run(WalletRows.Coupon(Giver, "c"), state => GiftRules.Settle(state, ended, Now));
        }
    }
}

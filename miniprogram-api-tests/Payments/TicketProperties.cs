using FsCheck;
using FsCheck.Fluent;
using Pond.Payments;

namespace Pond.Tests.Payments;

/// <summary>PAY-07: a ticket is open once and settled once.</summary>
[Rule("PAY-07")]
public sealed class TicketProperties
{
    private static readonly PaymentTicket Told =
        new("id", TicketKind.RefundStuck, "n", "t", "r", 100, "NOTENOUGH", HandClock.Start);

    private static Arbitrary<int[]> Steps => Gen.Choose(0, 4).ArrayOf().ToArbitrary();

    [Fact]
    public void Once_settled_nothing_opens_or_settles_it_again() => Prop.ForAll(Steps, steps =>
    {
        var rows = new LayoutRows();
        var layout = TicketRows.Ticket(Told.Id, Told.OpenedAt);
        return steps.All(step =>
        {
            var before = rows.State(layout);
            rows.Run(layout, known => step switch
            {
                0 => TicketRules.Hear(known, Told),
                1 => TicketRules.Hear(known, Told with { Settled = new TicketSettlement(null, null, null, HandClock.Start) }),
                _ => TicketRules.Settle(
                    known, new TicketSettlement((SettlementHow)(step - 2), "operator", "说明", HandClock.Start)),
            });
            var after = rows.State(layout);
            return (before is null or { IsOpen: true } || before == after)
                && rows.Under<PaymentTicket>(TicketRows.OpenPrefix).Count == (after is { IsOpen: true } ? 1 : 0);
        });
    }).CheckThoroughly();

    [Fact]
    public void The_same_trouble_has_the_same_id_and_another_another() => Prop.ForAll(
        Gen.Choose(0, 3).ToArbitrary(), Gen.Choose(0, 3).ToArbitrary(), (a, b) =>
            (a == b) == (PaymentTicket.IdOf(TicketKind.RefundStuck, $"n{a}", "1") == PaymentTicket.IdOf(TicketKind.RefundStuck, $"n{b}", "1")))
        .CheckThoroughly();
}

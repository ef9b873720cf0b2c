namespace Pond.Tests.PlantedBugs;

/// <summary>Mistakes in how coupons are claimed, held and used.</summary>
internal static class CouponBugs
{
    private const string Claims = "Coupons/CouponClaims.cs";

    public static readonly PlantedBug[] All =
    [
        new(
            "slot counted alone",
            "A claimed slot is counted and not kept, so nothing keeps it from going twice.",
            new Patch("Coupons/ShardRows.cs", "if (desk.Added is { } added)", "if (desk.Added is { } added && !PLANTED)")),
        new(
            "slots in two shards",
            "Slots that one shard lends to another stay with it.",
            new Patch(
                "Coupons/Shards.cs",
                "Shard = Without(desk.Shard!, lent.Slots) with",
                "Shard = Without(desk.Shard!, PLANTED ? [] : lent.Slots) with")),
        new(
            "limit of each shard",
            "Who finds the home shard empty claims in another, where nobody knows what they have.",
            new Patch(
                Claims,
                "await Borrow(template, richest.Number, home, cancel);",
                """
                if (PLANTED) home = richest.Number;
                else await Borrow(template, richest.Number, home, cancel);
                """)),
        new(
            "sold out at home",
            "An empty shard says that all is sold out.",
            new Patch(Claims, "|| template.Shards == 1) return decision;", "|| template.Shards == 1 || PLANTED) return decision;")),
        new(
            "sold out at a glance",
            "\"Sold out\" is said after one look, whatever is on its way between two shards.",
            new Patch(
                "Coupons/ClaimRules.cs",
                "&& shards.Sum(shard => shard.LentCount) <= shards.Sum(shard => shard.BorrowedCount);",
                "&& (PLANTED || shards.Sum(shard => shard.LentCount) <= shards.Sum(shard => shard.BorrowedCount));"),
            new Patch(
                Claims,
                "&& await AreUnchanged(heads, template, cancel))",
                "&& (PLANTED || await AreUnchanged(heads, template, cancel)))")),
        new(
            "used unpaid",
            "The coupon of an order that was given up counts as used.",
            new Patch("Coupons/CouponsOnOrderSettled.cs", "(wallet, now) => settled.IsPaid", "(wallet, now) => settled.IsPaid || PLANTED")),
        new(
            "late hold of a coupon",
            "Nothing keeps an order that was given up from holding the coupon after.",
            new Patch(
                "Coupons/CouponRules.cs",
                "wallet.Hold is null ? new WalletEvent.Abandoned(",
                "wallet.Hold is null && PLANTED ? Decision<WalletEvent>.Nothing : wallet.Hold is null ? new WalletEvent.Abandoned(")),
    ];
}

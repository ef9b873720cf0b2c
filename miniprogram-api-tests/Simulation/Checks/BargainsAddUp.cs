using Pond.Bargains;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation.Checks;

/// <summary>
/// I18, I19, I20: cuts are those of the plan that was drawn, each by somebody else and not by the owner, together what
/// the price has come down by; one order at a time has that price, and nobody cuts after.
/// </summary>
internal sealed class BargainsAddUp : IPartitionCheck
{
    private readonly Dictionary<string, Attempt> attempts = [];

    public string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes)
    {
        if (!partition.StartsWith("b:", StringComparison.Ordinal)
            || rows.Look(partition, AttemptRows.Head) is not { } head)
            return null;
        var attempt = Stored.Read<Attempt>(head.Data);
        var before = attempts.GetValueOrDefault(partition, attempt);
        attempts[partition] = attempt;
        return Goes(before, attempt)
            ?? Cuts(attempt, Under<Help>(rows, partition, AttemptRows.HelpPrefix))
            ?? Orders(attempt, Under<AttemptOrder>(rows, partition, "order"));
    }

    private static string? Goes(Attempt before, Attempt after)
    {
        if (after.CutsMade < before.CutsMade) return $"{before.CutsMade} cuts, and then {after.CutsMade}";
        if (!after.Plan.Take(before.CutsMade).SequenceEqual(before.Plan.Take(before.CutsMade)))
            return "a cut that was made has another amount";
        if (after.CutsMade > before.CutsMade && before.State is not AttemptState.Open)
            return $"a cut of an attempt that was {before.State}";
        return before.State is AttemptState.Done or AttemptState.Expired && after.State != before.State
            ? $"{before.State}, and then {after.State}"
            : null;
    }

    private static string? Cuts(Attempt attempt, Help[] helps)
    {
        var terms = attempt.Terms;
        var drawn = CutPlanRules.Draw(terms.StartFen - terms.FloorFen, attempt.SharesBp);
        if (!attempt.Plan.Order().SequenceEqual(drawn.Order())) return "cuts that were never drawn";
        if (attempt.Plan.Count != terms.Cuts || attempt.Plan.Any(cut => cut < 1)
            || attempt.Plan.Sum() != terms.StartFen - terms.FloorFen)
            return $"a plan of {string.Join(", ", attempt.Plan)}";
        if (!helps.Select(help => help.Number).Order().SequenceEqual(Enumerable.Range(1, attempt.CutsMade)))
            return $"{attempt.CutsMade} cuts, and those of {string.Join(", ", helps.Select(help => help.Number))}";
        if (helps.Any(help => help.CutFen != attempt.Plan[help.Number - 1])) return "a cut beside the plan";
        if (attempt.PriceFen != terms.StartFen - helps.Sum(help => help.CutFen)) return $"a price of {attempt.PriceFen}";
        return helps.Any(help => help.MemberId == attempt.MemberId) ? "a cut by the owner" : null;
    }

    private static string? Orders(Attempt attempt, AttemptOrder[] orders)
    {
        var kept = orders.Where(order => order.State is not AttemptOrderState.Cancelled).ToArray();
        if (kept.Length > 1) return $"the price is kept for {string.Join(", ", kept.Select(order => order.OrderId))}";
        if (attempt.OrderId != kept.SingleOrDefault()?.OrderId) return $"{attempt.OrderId} has the price, and no row";
        if (attempt.State is AttemptState.Ordered or AttemptState.Done != (kept.Length == 1)) return $"{attempt.State}";
        return kept.Any(order => order.PriceFen != attempt.PriceFen) ? "another price than was frozen" : null;
    }

    private static T[] Under<T>(MemoryRows rows, string partition, string prefix)
    {
        var (from, until) = Keys.Under(prefix);
        return
        [
            .. rows.Look(partition, from, until, StoreLimits.RowsPerPageMax).Rows
                .Select(row => Stored.Read<T>(row.Data)),
        ];
    }
}

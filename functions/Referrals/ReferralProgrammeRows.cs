using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Referrals;

/// <summary>
/// Partition <c>{spread}:referral-programme</c>: the row <c>programme</c>, and <c>budget</c>, which counts.
/// </summary>
public static class ReferralProgrammeRows
{
    public const string Head = "programme";
    public const string BudgetHead = "budget";

    private const string Name = "referral-programme";
    private const int SpreadChars = 4;

    public static readonly string Partition = $"{Keys.Hash(Name)[..SpreadChars]}:{Name}";

    public static readonly Layout<ReferralProgramme?, ReferralProgrammeChanged> Layout = new(
        Partition,
        Head,
        Loads: [],
        Read: rows => rows.Find<ReferralProgramme>(Head),
        Write: programme => programme is null ? [] : [new StateRow(Head, programme)],
        Evolve: (_, changed) => changed.After,
        Announce: Announce);

    public static readonly Layout<ReferralBudget, ReferralBudget> Budget = new(
        Partition,
        BudgetHead,
        Loads: [],
        Read: rows => rows.Find<ReferralBudget>(BudgetHead) ?? ReferralBudget.Untouched,
        Write: budget => [new StateRow(BudgetHead, budget)],
        Evolve: (_, after) => after);

    /// <summary>The programme that holds now.</summary>
    public static async Task<ReferralProgramme> Find(PartitionStore store, CancellationToken cancel) =>
        await store.Find<ReferralProgramme>(Partition, Head, cancel) ?? ReferralProgramme.None;

    /// <summary>How many friends have been rewarded.</summary>
    public static async Task<ReferralBudget> FindBudget(PartitionStore store, CancellationToken cancel) =>
        await store.Find<ReferralBudget>(Partition, BudgetHead, cancel) ?? ReferralBudget.Untouched;

    private static IEnumerable<Message> Announce(ReferralProgrammeChanged changed) =>
    [
        OperatorMessages.Acted(new OperatorActedV1(
            changed.OperatorId, "referral.programme", Name, changed.Reason,
            changed.Before is { } before ? Stored.Write(before) : null, Stored.Write(changed.After), changed.At)),
    ];
}

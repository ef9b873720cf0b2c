using System.Globalization;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>Partition <c>tiers</c>, one row.</summary>
public static class ProgrammeRows
{
    private const string Partition = "tiers";
    private const string Head = "programme";

    public static Layout<Programme, ProgrammeReplaced> Layout { get; } = new(
        Partition,
        Head,
        Loads: [],
        Read: rows => rows.Find<Programme>(Head) ?? Programme.None,
        Write: programme => programme.Version == 0 ? [] : [new StateRow(Head, programme)],
        Evolve: (_, replaced) => replaced.After,
        Announce: Announce);

    /// <summary>The programme at present.</summary>
    public static async Task<Programme> Find(PartitionStore store, CancellationToken cancel) =>
        await store.Find<Programme>(Partition, Head, cancel) ?? Programme.None;

    private static IEnumerable<Message> Announce(ProgrammeReplaced replaced) =>
    [
        OperatorMessages.Acted(new OperatorActedV1(
            replaced.OperatorId, "tiers.replace", Partition, replaced.Reason,
            Summary(replaced.Before), Summary(replaced.After), replaced.At)),
    ];

    // Such as "2: bronze 0, silver 1000".
    private static string Summary(Programme programme) => string.Create(
        CultureInfo.InvariantCulture,
        $"{programme.Version}: {string.Join(", ", programme.Tiers.Select(tier => $"{tier.Code} {tier.EnterGrowth}"))}");
}

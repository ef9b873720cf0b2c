using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>Partition <c>{spread}:check-in-programme</c>, one row.</summary>
public static class CheckInProgrammeRows
{
    public const string Head = "programme";

    private const string Name = "check-in-programme";
    private const int SpreadChars = 4;

    public static readonly string Partition = $"{Keys.Hash(Name)[..SpreadChars]}:{Name}";

    public static readonly Layout<CheckInProgramme?, CheckInProgrammeChanged> Layout = new(
        Partition,
        Head,
        Loads: [],
        Read: rows => rows.Find<CheckInProgramme>(Head),
        Write: programme => programme is null ? [] : [new StateRow(Head, programme)],
        Evolve: (_, changed) => changed.After,
        Announce: Announce);

    /// <summary>The programme that holds now.</summary>
    public static async Task<CheckInProgramme> Find(
        PartitionStore store, PointsOptions options, CancellationToken cancel) =>
        await store.Find<CheckInProgramme>(Partition, Head, cancel) ?? CheckInProgramme.Default(options.CheckInPoints);

    private static IEnumerable<Message> Announce(CheckInProgrammeChanged changed) =>
    [
        OperatorMessages.Acted(new OperatorActedV1(
            changed.OperatorId, "check_in.programme", Name, changed.Reason,
            changed.Before is { } before ? Stored.Write(before) : null, Stored.Write(changed.After), changed.At)),
    ];
}

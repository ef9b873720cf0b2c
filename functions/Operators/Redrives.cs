using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Operators;

/// <summary>
/// How often somebody sent messages back to a queue. Partition <c>{spread}:redrives:{queue}</c>, row <c>redrives</c>.
/// </summary>
public sealed record Redrives(long Count)
{
    private const string Head = "redrives";
    private const int SpreadChars = 4;

    public static Layout<Redrives, OperatorActedV1> Layout(string queue) => new(
        $"{Keys.Hash(queue)[..SpreadChars]}:{Head}:{queue}",
        Head,
        Loads: [],
        Read: rows => rows.Find<Redrives>(Head) ?? new Redrives(0),
        Write: redrives => [new StateRow(Head, redrives)],
        Evolve: (redrives, _) => new Redrives(redrives.Count + 1),
        Announce: act => [OperatorMessages.Acted(act)]);
}

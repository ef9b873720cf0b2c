using System.Text.Json.Serialization;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Operators;

/// <summary>
/// ADM-03: one act in the audit of its day. Rows are only ever added, and each is chained to the one before.
/// </summary>
/// <param name="Number">1, 2, 3 … within the day.</param>
/// <param name="Previous">Hash of the entry before, empty for the first: whoever changes one breaks the chain.</param>
public sealed record AuditEntry(long Number, OperatorActedV1 Act, string Previous)
{
    [JsonIgnore]
    public string Hash => Keys.Hash(Previous, Stored.Write(Act));
}

/// <summary>
/// The audit of one China day. Partition <c>{spread}:audit:{day}</c>: the row <c>chain</c> is the head,
/// <c>entry:{newest first}</c> are the acts.
/// </summary>
/// <param name="Count">Entries so far.</param>
/// <param name="LastHash">Of the newest entry.</param>
public sealed record AuditDay(long Count, string LastHash, AuditEntry? New)
{
    public const string EntryPrefix = "entry";

    private const string Head = "chain";
    private const int NumberDigits = 12;
    private const int SpreadChars = 4;

    public static string Partition(ChinaDay day) => $"{Keys.Hash(day.ToString())[..SpreadChars]}:audit:{day}";

    public static Layout<AuditDay, OperatorActedV1> Layout(ChinaDay day) => new(
        Partition(day),
        Head,
        Loads: [],
        Read: rows => rows.Find<AuditDay>(Head) ?? new AuditDay(0, "", null),
        Write: Rows,
        Evolve: (audit, act) => audit.Add(act));

    private static IEnumerable<StateRow> Rows(AuditDay day)
    {
        yield return new StateRow(Head, day with { New = null });
        if (day.New is { } entry)
            yield return new StateRow($"{EntryPrefix}:{Keys.Inverted(entry.Number, NumberDigits)}", entry);
    }

    private AuditDay Add(OperatorActedV1 act)
    {
        var entry = new AuditEntry(Count + 1, act, LastHash);
        return new AuditDay(entry.Number, entry.Hash, entry);
    }
}

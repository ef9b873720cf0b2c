using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tests.PlatformSpecs;

/// <summary>A small state to try the platform on: marks with names, under a head that says who owns them.</summary>
internal sealed record Tally(string? Owner, IReadOnlyList<Mark> Marks);

/// <summary>One mark.</summary>
internal sealed record Mark(string Name, int Number);

/// <summary>A mark was made, or wiped out.</summary>
internal sealed record Marked(Mark Mark, bool Gone = false);

/// <summary>What others hear of a mark.</summary>
internal sealed record MarkedV1(string Name);

/// <summary>How a tally is stored: a head that no decision changes, and a row for each mark.</summary>
internal static class Tallies
{
    public const string Head = "tally";
    public const string MarkPrefix = "mark";
    public const string Queue = "marks";

    public static readonly Refusal TooMany = new("tally.too_many", RefusalKind.Exhausted, "太多了。");

    private const int NameDigits = 4;

    /// <summary>A partition whose marks are heard of by nobody.</summary>
    public static Layout<Tally, Marked> Silent(string partition) => new(
        partition,
        Head,
        [new Load.Under(MarkPrefix)],
        Read: rows => new Tally(rows.Find<Owner>(Head)?.Name, rows.Under<Mark>(MarkPrefix)),
        Write: Rows,
        Evolve: (tally, fact) => fact.Gone
            ? tally with { Marks = [.. tally.Marks.Where(mark => mark.Name != fact.Mark.Name)] }
            : tally with { Marks = [.. tally.Marks, fact.Mark] });

    /// <summary>A partition whose marks are announced.</summary>
    public static Layout<Tally, Marked> Loud(string partition) =>
        Silent(partition) with { Announce = fact => [new Message(Queue, new MarkedV1(fact.Mark.Name))] };

    /// <summary>The key of the row of a mark.</summary>
    public static string RowOf(string name) => $"{MarkPrefix}:{name}";

    /// <summary>Names of marks.</summary>
    public static string[] Names(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Keys.Sortable(i, NameDigits))];

    /// <summary>A rule that always says yes.</summary>
    public static Decision<Marked> Add(string name) => new Marked(new Mark(name, 1));

    /// <summary>A rule that keeps to so many marks.</summary>
    public static Func<Tally, DateTimeOffset, Decision<Marked>> AddUpTo(int max, string name) =>
        (tally, _) => tally.Marks.Count < max ? Add(name) : TooMany;

    // The head is no part of it: the transactor rewrites a head that was found, whether or not it is among the rows.
    private static IEnumerable<StateRow> Rows(Tally tally) =>
        tally.Marks.Select(mark => new StateRow(RowOf(mark.Name), mark));

    /// <summary>What the head holds.</summary>
    internal sealed record Owner(string Name);
}

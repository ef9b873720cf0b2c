using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Pond.Kernel;
using Pond.Platform.Storage;

namespace Pond.Platform.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">In the order of the list.</param>
/// <param name="Next">The opaque cursor of the next page, or null at the end.</param>
public sealed record Listing<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Paging by opaque cursor: <c>?limit=20&amp;cursor=…</c>.</summary>
/// <param name="Limit">Items of one page.</param>
/// <param name="From">The first row key to read.</param>
/// <param name="Until">The row key to stop before.</param>
public sealed record Paging(int Limit, string From, string Until)
{
    public const int LimitDefault = 20;
    public const int LimitMax = 100;

    private const int CursorCharsMax = 2 * Keys.CharsMax;

    private static readonly Refusal BadLimit =
        new("paging.limit", RefusalKind.Invalid, "limit 须为 1 至 100 的整数。");

    private static readonly Refusal BadCursor =
        new("paging.cursor", RefusalKind.Invalid, "cursor 无效，请从第一页重新开始。");

    /// <summary>
    /// The page of a range that the request asks for. A cursor cannot lead out of the range, whatever it holds.
    /// </summary>
    /// <exception cref="ProblemException">The limit or the cursor is not one of ours.</exception>
    public static Paging Of(HttpRequest request, string from, string until)
    {
        var limit = Single(request, "limit", BadLimit) is not { } limitText ? LimitDefault
            : int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is >= 1 and <= LimitMax ? number
            : throw new ProblemException(BadLimit);

        if (Single(request, "cursor", BadCursor) is not { } cursor) return new Paging(limit, from, until);

        var key = Decode(cursor);
        var isOfThisList = Prefix(key) == Prefix(from) && string.CompareOrdinal(key, until) < 0;
        if (!isOfThisList) throw new ProblemException(BadCursor);
        var hasPassed = string.CompareOrdinal(key, from) < 0; // the list's start moves on with the clock
        return new Paging(limit, hasPassed ? from : key, until);
    }

    /// <summary>Reads the page.</summary>
    /// <param name="item">A row to what the caller sees of it.</param>
    public async Task<Listing<T>> Read<T>(
        PartitionStore store, string partition, Func<Row, T> item, CancellationToken cancel)
    {
        var page = await store.Range(partition, From, Until, Limit, cancel);
        return new Listing<T>([.. page.Rows.Select(item)], page.Next is { } next ? Encode(next) : null);
    }

    /// <summary>Reads the page of a list that lies in several partitions, in the order of its row keys.</summary>
    public async Task<Listing<T>> Read<T>(
        PartitionStore store, IEnumerable<string> partitions, Func<Row, T> item, CancellationToken cancel)
    {
        var pages = await Task.WhenAll(
            partitions.Select(partition => store.Range(partition, From, Until, Limit, cancel)));
        // A partition may have stopped early: beyond that point the order of the whole list is not known yet.
        var end = pages.Select(page => page.Next).OfType<string>().Min(StringComparer.Ordinal);
        Row[] rows =
        [
            .. pages.SelectMany(page => page.Rows)
                .Where(row => end is null || string.CompareOrdinal(row.Key, end) < 0)
                .OrderBy(row => row.Key, StringComparer.Ordinal),
        ];
        var next = rows.Length > Limit ? rows[Limit].Key : end;
        return new Listing<T>([.. rows.Take(Limit).Select(item)], next is null ? null : Encode(next));
    }

    private static string Prefix(string key) => key[..(key.IndexOf(':') + 1)];

    private static string Encode(string key) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(key));

    private static string Decode(string cursor)
    {
        if (cursor.Length > CursorCharsMax || !Base64Url.IsValid(cursor)) throw new ProblemException(BadCursor);
        var key = Encoding.Latin1.GetString(Base64Url.DecodeFromChars(cursor));
        return Keys.Broken(key) is null ? key : throw new ProblemException(BadCursor);
    }

    private static string? Single(HttpRequest request, string name, Refusal bad)
    {
        var values = request.Query[name];
        return values.Count > 1 ? throw new ProblemException(bad) : values.FirstOrDefault();
    }
}

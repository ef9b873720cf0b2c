using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Pond.Platform.Storage;

namespace Pond.Platform.Azure;

/// <summary>
/// Maps rows to entities and back. Data longer than a property holds is spread over several, d0 to dN.
/// </summary>
internal static class AzureRows
{
    /// <summary>Well-formed, and no row's: what a condition becomes that no row of the service can meet.</summary>
    private static readonly ETag NoRow = new("W/\"datetime'1601-01-01T00%3A00%3A00.0000000Z'\"");

    private const string ETagStart = "W/\"datetime'";
    private const string ETagEnd = "'\"";

    public static Row Row(TableEntity entity) => new(entity.RowKey, Data(entity), entity.ETag.ToString());

    public static TableTransactionAction Action(string partition, Write write) => write switch
    {
        Write.Insert insert => new(TableTransactionActionType.Add, Entity(partition, insert.Key, insert.Data)),
        Write.Replace replace => new(
            TableTransactionActionType.UpdateReplace, Entity(partition, replace.Key, replace.Data), Tag(replace.ETag)),
        Write.Delete delete => new(
            TableTransactionActionType.Delete, new TableEntity(partition, delete.Key), Tag(delete.ETag)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>
    /// The condition, never <c>*</c> or anything else that the service would take for another one or call malformed.
    /// </summary>
    private static ETag Tag(string etag) =>
        etag.StartsWith(ETagStart, StringComparison.Ordinal) && etag.EndsWith(ETagEnd, StringComparison.Ordinal)
            ? new(etag)
            : NoRow;

    private static TableEntity Entity(string partition, string key, string data)
    {
        var entity = new TableEntity(partition, key);
        var (start, index) = (0, 0);
        do
        {
            var length = Math.Min(StoreLimits.PropertyCharsMax, data.Length - start);
            if (start + length < data.Length && char.IsHighSurrogate(data[start + length - 1])) length--; // keep pairs
            entity[Property(index++)] = data.Substring(start, length);
            start += length;
        }
        while (start < data.Length);
        return entity;
    }

    private static string Data(TableEntity entity)
    {
        var first = entity.GetString(Property(0)) ?? throw new StoreUnavailableException(
            $"The row {entity.RowKey} of {entity.PartitionKey} is none of this app's: it has no {Property(0)}.");
        if (!entity.ContainsKey(Property(1))) return first;

        var data = new StringBuilder(first);
        for (var index = 1; entity.GetString(Property(index)) is { } part; index++) data.Append(part);
        return data.ToString();
    }

    private static string Property(int index) => "d" + index.ToString(CultureInfo.InvariantCulture);
}

using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>AUTH-11: rows that a slice keeps in a member's partition, for the member to take along.</summary>
/// <param name="Name">Of the list in the document.</param>
/// <param name="From">The first key.</param>
/// <param name="Until">The key to stop before.</param>
/// <param name="Read">A row to what the member gets of it.</param>
public sealed record PersonalRecords(string Name, string From, string Until, Func<Row, object> Read)
{
    private const char PastKey = '!'; // below every other character of a key

    /// <summary>All rows whose key starts with <c>prefix:</c>, as they are stored.</summary>
    public static PersonalRecords Under<T>(string name, string prefix)
        where T : class
    {
        var (from, until) = Keys.Under(prefix);
        return new PersonalRecords(name, from, until, row => Stored.Read<T>(row.Data));
    }

    /// <summary>One row, as it is stored.</summary>
    public static PersonalRecords Row<T>(string name, string key)
        where T : class => new(name, key, key + PastKey, row => Stored.Read<T>(row.Data));
}

using System.Security.Cryptography;
using System.Text;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>Who a member is as a person: everything that the law calls personal information.</summary>
/// <param name="OpenId">WeChat's name for the user of this mini-program.</param>
/// <param name="UnionId">WeChat's name for the user over all the brand's apps, once it is known.</param>
public sealed record Person(string OpenId, string? UnionId, string? Nickname, DateOnly? Birthday);

/// <summary>Keeps personal data apart from everything else, encrypted under a key of each member's own.</summary>
/// <remarks>
/// Partition <c>p:{memberId}</c>: the row <c>key</c> is the member's key, wrapped by a master key that it names;
/// <c>person</c> is the data under it, both AES-256-GCM bound to the member's id. Destroying <c>key</c> erases the person. It is
/// written without an operation record on purpose: a record would keep a second copy. Writing is a plain
/// replacement, so doing it twice does no harm.
/// </remarks>
public sealed class PersonalData(PartitionStore store, PersonalDataOptions options, Ids ids)
{
    private const string KeyRow = "key";
    private const string PersonRow = "person";
    private const char IdSeparator = '.';
    private const int AttemptsMax = 8;

    private readonly MasterKeys masters = new(options);

    /// <summary>The person, or null when there is none or it was erased.</summary>
    /// <exception cref="CryptographicException">The rows are not what was written, or the master key is another.</exception>
    public async Task<Person?> Find(string memberId, CancellationToken cancel)
    {
        var key = store.Find(Partition(memberId), KeyRow, cancel);
        var person = store.Find(Partition(memberId), PersonRow, cancel);
        await Task.WhenAll(key, person);
        return key.Result is null || person.Result is null ? null : Open(memberId, key.Result, person.Result);
    }

    /// <summary>Changes the person by a pure function, which gets null when there is none yet.</summary>
    public async Task<Person> Change(string memberId, Func<Person?, Person> change, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var keyRow = await store.Find(Partition(memberId), KeyRow, cancel);
            var personRow = await store.Find(Partition(memberId), PersonRow, cancel);
            var before = keyRow is null || personRow is null ? null : Open(memberId, keyRow, personRow);
            var after = change(before);
            if (after == before) return after;

            var key = keyRow is null ? ids.NextBytes(AesBox.KeyBytes) : Unwrap(memberId, keyRow);
            var box = Seal(key, Encoding.UTF8.GetBytes(Stored.Write(after)), memberId, PersonRow);
            Write[] writes =
            [
                keyRow is null
                    ? new Write.Insert(KeyRow, Wrap(memberId, key))
                    : new Write.Replace(KeyRow, Wrap(memberId, key), keyRow.ETag),
                personRow is null ? new Write.Insert(PersonRow, box) : new Write.Replace(PersonRow, box, personRow.ETag),
            ];
            if (await store.Commit(Partition(memberId), writes, cancel) is CommitOutcome.Committed) return after;
        }

        throw new ContendedException(nameof(PersonalData));
    }

    private static string Partition(string memberId) => "p:" + memberId;

    private Person Open(string memberId, Row keyRow, Row personRow) =>
        Stored.Read<Person>(Encoding.UTF8.GetString(
            AesBox.Open(Unwrap(memberId, keyRow), personRow.Data, Context(memberId, PersonRow))));

    private string Wrap(string memberId, byte[] key) =>
        masters.CurrentId + IdSeparator + Seal(masters.Current, key, memberId, KeyRow);

    private byte[] Unwrap(string memberId, Row keyRow) => keyRow.Data.Split(IdSeparator) is [var masterId, var box]
        ? AesBox.Open(masters.Find(masterId), box, Context(memberId, KeyRow))
        : throw new CryptographicException("A member's key names no master key.");

    private string Seal(byte[] key, byte[] plain, string memberId, string row) =>
        AesBox.Seal(key, ids.NextBytes(AesBox.NonceBytes), plain, Context(memberId, row));

    // Whoever moves a row to another member, or another row's content into it, cannot open it there.
    private static string Context(string memberId, string row) => $"{memberId}/{row}";
}

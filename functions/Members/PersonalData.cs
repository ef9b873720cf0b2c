using System.Security.Cryptography;
using System.Text;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>Keeps personal data apart from everything else, encrypted under a key of each member's own.</summary>
/// <remarks>
/// Partition <c>p:{memberId}</c>: the row <c>key</c> is the member's key, wrapped by a master key that it names;
/// <c>person</c> is the data under it, as are <c>addresses</c> and <c>delivery:{orderId}</c>, all AES-256-GCM bound to
/// the member's id. Destroying <c>key</c> erases everything. It is written without an operation record on purpose: a
/// record would keep a second copy. Writing is a plain replacement, so doing it twice does no harm.
/// </remarks>
public sealed partial class PersonalData(PartitionStore store, PersonalDataOptions options, Turns turns, Ids ids)
{
    private const string KeyRow = "key";
    private const string PersonRow = "person";
    private const string Erased = "erased"; // stands in the row of the key, so that nobody makes a new one
    private const char IdSeparator = '.';
    private const int AttemptsMax = 8;

    private readonly MasterKeys masters = new(options);

    /// <summary>The person, or null when there is none or it was erased.</summary>
    /// <exception cref="CryptographicException">
    /// The rows are not what was written, or the master key is another.
    /// </exception>
    public async Task<Person?> Find(string memberId, CancellationToken cancel) =>
        (await Load(memberId, cancel)).Person;

    /// <summary>Changes the person by a pure function, which gets null when there is none yet.</summary>
    /// <exception cref="ProblemException">The person was erased.</exception>
    public async Task<Person> Change(string memberId, Func<Person?, Person> change, CancellationToken cancel)
    {
        using var turn = await turns.Take(Partition(memberId), cancel);
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var before = await Load(memberId, cancel);
            if (before.IsErased) throw new ProblemException(MemberRefusals.Gone);
            var after = change(before.Person);
            if (after == before.Person || await TryReplace(before, after, cancel) is not null) return after;
        }

        throw new ContendedException(nameof(PersonalData));
    }

    /// <summary>The same as <see cref="Find"/>, with what a write in its place needs.</summary>
    internal async Task<KeptPerson> Load(string memberId, CancellationToken cancel)
    {
        var keyRead = store.Find(Partition(memberId), KeyRow, cancel);
        var personRead = store.Find(Partition(memberId), PersonRow, cancel);
        await Task.WhenAll(keyRead, personRead);
        var (keyRow, personRow) = (keyRead.Result, personRead.Result);
        var isErased = keyRow?.Data == Erased;
        var key = keyRow is null || isErased ? null : Unwrap(memberId, keyRow);
        return new KeptPerson(
            memberId,
            key is null || personRow is null ? null : Open(memberId, key, personRow),
            key,
            keyRow?.ETag,
            personRow?.ETag,
            isErased);
    }

    /// <summary>Writes it in place of what was read.</summary>
    /// <returns>As written; null when somebody else wrote in between, or nobody knows.</returns>
    internal async Task<KeptPerson?> TryReplace(KeptPerson before, Person after, CancellationToken cancel)
    {
        var (memberId, key) = (before.MemberId, before.Key ?? ids.NextBytes(AesBox.KeyBytes));
        var box = Seal(key, Encoding.UTF8.GetBytes(Stored.Write(after)), memberId, PersonRow);
        Write[] writes =
        [
            Put(KeyRow, Wrap(memberId, key), before.KeyETag), Put(PersonRow, box, before.PersonETag),
        ];
        return await store.Commit(Partition(memberId), writes, cancel) is CommitOutcome.Committed { ETags: var etags }
            ? new KeptPerson(memberId, after, key, etags[0], etags[1], IsErased: false)
            : null;
    }

    /// <summary>Destroys the member's key and the person, for good: nobody makes a new one.</summary>
    /// <returns>False when somebody else wrote in between, or nobody knows.</returns>
    internal async Task<bool> TryErase(KeptPerson before, CancellationToken cancel)
    {
        List<Write> writes = [Put(KeyRow, Erased, before.KeyETag)];
        if (before.PersonETag is { } etag) writes.Add(new Write.Delete(PersonRow, etag));
        return await store.Commit(Partition(before.MemberId), writes, cancel) is CommitOutcome.Committed;
    }

    private static string Partition(string memberId) => "p:" + memberId;

    private static Write Put(string row, string data, string? etag) =>
        etag is null ? new Write.Insert(row, data) : new Write.Replace(row, data, etag);

    private static Person Open(string memberId, byte[] key, Row personRow) =>
        Stored.Read<Person>(Encoding.UTF8.GetString(AesBox.Open(key, personRow.Data, Context(memberId, PersonRow))));

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

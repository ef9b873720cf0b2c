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
/// Partition <c>p:{memberId}</c>: the row <c>key</c> is the member's key, wrapped by the master key; <c>person</c>
/// is the data under it, both AES-256-GCM bound to the member's id. Destroying <c>key</c> erases the person. It is
/// written without an operation record on purpose: a record would keep a second copy. Writing is a plain
/// replacement, so doing it twice does no harm.
/// </remarks>
public sealed class PersonalData(PartitionStore store, PersonalDataOptions options, Ids ids)
{
    private const string KeyRow = "key";
    private const string PersonRow = "person";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int AttemptsMax = 8;

    private readonly byte[] masterKey = Convert.FromBase64String(options.MasterKey);

    /// <summary>The person, or null when there is none or it was erased.</summary>
    /// <exception cref="CryptographicException">
    /// The rows are not what was written, or the master key is another.
    /// </exception>
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

            var key = keyRow is null ? ids.NextBytes(KeyBytes) : Decrypt(masterKey, keyRow.Data, memberId);
            var box = Encrypt(key, Encoding.UTF8.GetBytes(Stored.Write(after)), memberId);
            Write[] writes =
            [
                keyRow is null
                    ? new Write.Insert(KeyRow, Encrypt(masterKey, key, memberId))
                    : new Write.Replace(KeyRow, keyRow.Data, keyRow.ETag),
                personRow is null
                    ? new Write.Insert(PersonRow, box)
                    : new Write.Replace(PersonRow, box, personRow.ETag),
            ];
            if (await store.Commit(Partition(memberId), writes, cancel) is CommitOutcome.Committed) return after;
        }

        throw new ContendedException(nameof(PersonalData));
    }

    private static string Partition(string memberId) => "p:" + memberId;

    private Person Open(string memberId, Row keyRow, Row personRow)
    {
        var key = Decrypt(masterKey, keyRow.Data, memberId);
        return Stored.Read<Person>(Encoding.UTF8.GetString(Decrypt(key, personRow.Data, memberId)));
    }

    private string Encrypt(byte[] key, byte[] plain, string memberId)
    {
        var box = new byte[NonceBytes + plain.Length + TagBytes].AsSpan();
        ids.NextBytes(NonceBytes).CopyTo(box);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            box[..NonceBytes], plain, box[NonceBytes..^TagBytes], box[^TagBytes..], Encoding.UTF8.GetBytes(memberId));
        return Convert.ToBase64String(box);
    }

    private static byte[] Decrypt(byte[] key, string text, string memberId)
    {
        var box = Convert.FromBase64String(text).AsSpan();
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(
            box[..NonceBytes], box[NonceBytes..^TagBytes], box[^TagBytes..], plain, Encoding.UTF8.GetBytes(memberId));
        return plain;
    }
}

/// <summary>Settings of personal data, section <c>PersonalData</c>.</summary>
public sealed class PersonalDataOptions
{
    private const int KeyBytes = 32;

    /// <summary>Base64 of 32 random bytes. Whoever loses it loses every profile.</summary>
    public string MasterKey { get; set; } = "";

    /// <summary>What is missing or malformed.</summary>
    public IEnumerable<string> Problems()
    {
        if (!System.Buffers.Text.Base64.IsValid(MasterKey, out var bytes) || bytes != KeyBytes)
            yield return $"PersonalData:MasterKey must be base64 of {KeyBytes} bytes.";
    }
}

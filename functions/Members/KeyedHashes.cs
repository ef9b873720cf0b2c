using System.Security.Cryptography;
using System.Text;

namespace Pond.Members;

/// <summary>
/// Hashes under the app's index key, for what somebody with the rows alone could try out. A tool for other slices.
/// </summary>
public sealed class KeyedHashes(PersonalDataOptions options)
{
    private readonly byte[] indexKey = Convert.FromBase64String(options.IndexKey);

    /// <summary>256 bits that tell nothing without the key.</summary>
    /// <param name="purpose">One for each use, so that no two uses ever share a hash.</param>
    public byte[] Of(string purpose, string text) => HMACSHA256.HashData(
        HMACSHA256.HashData(indexKey, Encoding.UTF8.GetBytes(purpose)), Encoding.UTF8.GetBytes(text));
}

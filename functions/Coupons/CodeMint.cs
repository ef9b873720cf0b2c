using System.Buffers.Binary;
using System.Globalization;
using Pond.Kernel;
using Pond.Members;

namespace Pond.Coupons;

/// <summary>CPN-07: makes codes, and the keys under which they are found again.</summary>
/// <remarks>
/// A code follows from the app's secret, its batch and its number, so none is stored; what is stored is a hash under
/// another key, so that rows alone tell no code.
/// </remarks>
public sealed class CodeMint(KeyedHashes hashes)
{
    private const int KeyBytes = 16;

    /// <summary>The code of a batch with that number.</summary>
    public string Code(string batchId, int number)
    {
        var hash = hashes.Of("coupon-code", string.Create(CultureInfo.InvariantCulture, $"{batchId}:{number}"));
        return CodeForms.Of(BinaryPrimitives.ReadUInt128BigEndian(hash) % CodeForms.Count);
    }

    /// <summary>What stands for a code in the store: evenly spread.</summary>
    public string KeyOf(string code) =>
        Convert.ToHexStringLower(hashes.Of("coupon-code-key", code).AsSpan(0, KeyBytes));
}

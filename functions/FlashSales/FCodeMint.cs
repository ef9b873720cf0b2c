using System.Buffers.Binary;
using System.Globalization;
using Pond.Kernel;
using Pond.Members;

namespace Pond.FlashSales;

/// <summary>INV-05: makes F codes, and the keys under which they are found again.</summary>
/// <remarks>A code follows from the app's secret, its batch and its number; what is stored is a hash of it.</remarks>
public sealed class FCodeMint(KeyedHashes hashes)
{
    private const int KeyBytes = 16;

    /// <summary>The codes of a batch.</summary>
    public IReadOnlyList<string> Codes(string batchId, int count) =>
        [.. Enumerable.Range(0, count).Select(number => Code(batchId, number))];

    /// <summary>What stands for a code in the store.</summary>
    public string KeyOf(string code) =>
        Convert.ToHexStringLower(hashes.Of("flash-sale-code-key", code).AsSpan(0, KeyBytes));

    private string Code(string batchId, int number)
    {
        var hash = hashes.Of("flash-sale-code", string.Create(CultureInfo.InvariantCulture, $"{batchId}:{number}"));
        return CodeForms.Of(BinaryPrimitives.ReadUInt128BigEndian(hash) % CodeForms.Count);
    }
}

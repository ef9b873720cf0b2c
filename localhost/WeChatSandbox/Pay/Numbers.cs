using System.Security.Cryptography;
using System.Text;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Numbers that WeChat Pay gives to things: the same thing always gets the same one.</summary>
/// <remarks>So a run can be repeated to the letter.</remarks>
internal static class Numbers
{
    private const int DigitsMax = 32;

    /// <param name="thing">What sets it apart from all others.</param>
    /// <param name="digits">1 … 32.</param>
    public static string Of(string thing, int digits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, DigitsMax);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(thing));
        return string.Create(digits, hash, (number, bytes) =>
        {
            for (var i = 0; i < number.Length; i++) number[i] = (char)('0' + (bytes[i] % 10));
        });
    }
}

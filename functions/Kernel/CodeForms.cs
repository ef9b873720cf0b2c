using System.Globalization;

namespace Pond.Kernel;

/// <summary>How a code looks that people type. Pure.</summary>
/// <remarks>
/// Eleven characters and a check character, over 31 characters that nobody takes for another. The alphabet is of prime
/// size and every place has a weight of its own, so the check catches each single wrong character and each swap of two
/// neighbours.
/// </remarks>
public static class CodeForms
{
    /// <summary>Without 0, 1, I, L and O.</summary>
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    public const int Chars = 12;

    /// <summary>Codes that there are.</summary>
    public static readonly UInt128 Count = Power(Alphabet.Length, Chars - 1);

    private const int GroupChars = 4;

    /// <summary>The code of a number, which is taken modulo <see cref="Count"/>.</summary>
    public static string Of(UInt128 number)
    {
        var code = new char[Chars];
        for (var i = Chars - 2; i >= 0; i--, number /= (uint)Alphabet.Length)
            code[i] = Alphabet[(int)(number % (uint)Alphabet.Length)];
        code[^1] = Alphabet[(Alphabet.Length - (Weigh(code.AsSpan(..^1)) % Alphabet.Length)) % Alphabet.Length];
        return new string(code);
    }

    /// <summary>
    /// The code that somebody typed, in small or big letters, with blanks and dashes or without; null when it cannot be
    /// one.
    /// </summary>
    public static string? Parse(string text)
    {
        Span<char> code = stackalloc char[Chars];
        var length = 0;
        foreach (var letter in text)
        {
            if (IsFiller(letter)) continue;
            var upper = char.ToUpperInvariant(letter);
            if (length == Chars || !Alphabet.Contains(upper, StringComparison.Ordinal)) return null;
            code[length++] = upper;
        }

        var isWhole = length == Chars && (Weigh(code[..^1]) + Alphabet.IndexOf(code[^1], StringComparison.Ordinal))
            % Alphabet.Length == 0;
        return isWhole ? new string(code) : null;
    }

    /// <summary>In groups, as people read it to each other. No table program takes it for a number.</summary>
    public static string Grouped(string code) =>
        string.Join('-', code.Chunk(GroupChars).Select(part => new string(part)));

    // 2, 3 … 12; the check character's own weight is 1.
    private static int Weigh(ReadOnlySpan<char> chars)
    {
        var sum = 0;
        for (var i = 0; i < chars.Length; i++) sum += (i + 2) * Alphabet.IndexOf(chars[i], StringComparison.Ordinal);
        return sum;
    }

    private static bool IsFiller(char letter) =>
        char.IsWhiteSpace(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.DashPunctuation;

    private static UInt128 Power(int number, int exponent)
    {
        var power = UInt128.One;
        for (var i = 0; i < exponent; i++) power *= (uint)number;
        return power;
    }
}

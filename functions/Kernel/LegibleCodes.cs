namespace Pond.Kernel;

/// <summary>Codes that people read, say and type. Pure.</summary>
/// <remarks>
/// Some characters and a check character, over 31 characters that nobody takes for another. The alphabet is of prime
/// size and every place has a weight of its own, so the check catches each single wrong character and each swap of two
/// neighbours, in codes of up to 30 characters.
/// </remarks>
public static class LegibleCodes
{
    /// <summary>Without 0, 1, I, L and O.</summary>
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// <summary>Codes that there are of that many characters.</summary>
    public static UInt128 Count(int chars)
    {
        var count = UInt128.One;
        for (var i = 0; i < chars - 1; i++) count *= (uint)Alphabet.Length;
        return count;
    }

    /// <summary>The code of a number, which is taken modulo <see cref="Count"/>.</summary>
    public static string Of(UInt128 number, int chars)
    {
        var code = new char[chars];
        for (var i = chars - 2; i >= 0; i--, number /= (uint)Alphabet.Length)
            code[i] = Alphabet[(int)(number % (uint)Alphabet.Length)];
        code[^1] = Alphabet[(Alphabet.Length - (Weigh(code.AsSpan(..^1)) % Alphabet.Length)) % Alphabet.Length];
        return new string(code);
    }

    /// <summary>
    /// The code that somebody typed, in small or big letters, with blanks and dashes or without; null when it cannot be
    /// one.
    /// </summary>
    public static string? Parse(string text, int chars)
    {
        Span<char> code = stackalloc char[chars];
        var length = 0;
        foreach (var letter in text)
        {
            if (IsFiller(letter)) continue;
            var upper = char.ToUpperInvariant(letter);
            if (length == chars || !Alphabet.Contains(upper, StringComparison.Ordinal)) return null;
            code[length++] = upper;
        }

        var isWhole = length == chars && (Weigh(code[..^1]) + Alphabet.IndexOf(code[^1], StringComparison.Ordinal))
            % Alphabet.Length == 0;
        return isWhole ? new string(code) : null;
    }

    // 2, 3 …; the check character's own weight is 1.
    private static int Weigh(ReadOnlySpan<char> chars)
    {
        var sum = 0;
        for (var i = 0; i < chars.Length; i++) sum += (i + 2) * Alphabet.IndexOf(chars[i], StringComparison.Ordinal);
        return sum;
    }

    private static bool IsFiller(char letter) =>
        char.IsWhiteSpace(letter)
        || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.DashPunctuation;
}

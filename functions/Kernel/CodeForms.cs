namespace Pond.Kernel;

/// <summary>How a code looks that people type: see <see cref="LegibleCodes"/>. Pure.</summary>
public static class CodeForms
{
    public const string Alphabet = LegibleCodes.Alphabet;

    public const int Chars = 12;

    /// <summary>Codes that there are.</summary>
    public static readonly UInt128 Count = LegibleCodes.Count(Chars);

    private const int GroupChars = 4;

    /// <summary>The code of a number, which is taken modulo <see cref="Count"/>.</summary>
    public static string Of(UInt128 number) => LegibleCodes.Of(number, Chars);

    /// <summary>
    /// The code that somebody typed, in small or big letters, with blanks and dashes or without; null when it cannot be
    /// one.
    /// </summary>
    public static string? Parse(string text) => LegibleCodes.Parse(text, Chars);

    /// <summary>In groups, as people read it to each other. No table program takes it for a number.</summary>
    public static string Grouped(string code) =>
        string.Join('-', code.Chunk(GroupChars).Select(part => new string(part)));
}

namespace Pond.Platform.Storage;

/// <summary>Tells text that every store keeps as it is from text that some would quietly mend or cut.</summary>
public static class Utf16
{
    /// <summary>What <see cref="IsStorable"/> does not allow, as the end of a sentence.</summary>
    public const string Unstorable = "half a character, or the character NUL";

    /// <summary>
    /// Whether each surrogate has its partner, as half a character cannot be stored, only replaced; and whether there
    /// is no NUL, at which SQLite cuts off a longer text.
    /// </summary>
    public static bool IsStorable(string text)
    {
        if (text.Contains('\0')) return false;
        for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}

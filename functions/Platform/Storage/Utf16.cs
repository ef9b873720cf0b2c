namespace Pond.Platform.Storage;

/// <summary>Tells text that every store keeps as it is from text that some would quietly mend.</summary>
public static class Utf16
{
    /// <summary>Whether each surrogate has its partner: half a character cannot be stored, only replaced.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}

using System.Text;

namespace Pond.Platform.WeChat;

/// <summary>Text as WeChat Pay counts it: in bytes of UTF-8, of which a Chinese character has three.</summary>
public static class Utf8Text
{
    /// <summary>As much of the text as fits, in whole characters.</summary>
    public static string Cut(string text, int bytesMax)
    {
        var (bytes, chars) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > bytesMax) return text[..chars];
            chars += rune.Utf16SequenceLength;
        }

        return text;
    }
}

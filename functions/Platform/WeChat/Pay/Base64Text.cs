namespace Pond.Platform.WeChat.Pay;

/// <summary>Base64 without leniency: one text for the same bytes, no blanks, nothing left over.</summary>
internal static class Base64Text
{
    public static byte[]? Bytes(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            && Convert.ToBase64String(bytes.AsSpan(0, length)) == text
            ? bytes[..length]
            : null;
    }
}

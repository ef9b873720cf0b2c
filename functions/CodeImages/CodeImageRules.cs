using Pond.Kernel;

namespace Pond.CodeImages;

/// <summary>INV-04: when a code is drawn. Pure.</summary>
public static class CodeImageRules
{
    /// <summary>So long after a no WeChat is not asked again.</summary>
    public static readonly TimeSpan RefusedFor = TimeSpan.FromMinutes(10);

    /// <summary>Somebody wants the code; who wants it again waits with the first, or has it.</summary>
    public static Decision<CodeImage> Ask(CodeImage? known, CodeImage wanted, DateTimeOffset now) =>
        known is null || (known.State is CodeState.Refused && known.AskedAt + RefusedFor <= now)
            ? wanted with { State = CodeState.Pending, AskedAt = now }
            : Decision<CodeImage>.Nothing;

    /// <summary>WeChat has drawn it, or said no; the first answer counts.</summary>
    /// <param name="picture">Null for a no.</param>
    public static Decision<CodeImage> Settle(CodeImage? known, Picture? picture, int? errCode) =>
        known is { State: CodeState.Pending }
            ? known with
            {
                State = picture is null ? CodeState.Refused : CodeState.Ready,
                Picture = picture,
                ErrCode = errCode,
            }
            : Decision<CodeImage>.Nothing;

    /// <summary>A text in parts of so many characters at most.</summary>
    public static IEnumerable<string> Chunks(string text, int charsMax)
    {
        for (var from = 0; from < text.Length; from += charsMax)
            yield return text.Substring(from, Math.Min(charsMax, text.Length - from));
    }
}

using Pond.Platform;

namespace Pond.CodeImages;

/// <summary>Somebody wants a mini-program code.</summary>
public sealed record CodeWantedV1(string Scene, string Page, int WidthPx);

/// <summary>The queue of this slice.</summary>
public static class CodeImageMessages
{
    public const string WantedQueue = "code-images";

    public static Message Wanted(CodeWantedV1 wanted) => new(WantedQueue, wanted);
}

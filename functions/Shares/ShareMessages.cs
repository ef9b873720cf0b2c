using Pond.Platform;

namespace Pond.Shares;

/// <summary>Somebody has opened a share, for the first time on this day.</summary>
public sealed record ShareOpenedV1(string Token, DateTimeOffset At);

/// <summary>The queue of this slice.</summary>
public static class ShareMessages
{
    public const string OpensQueue = "share-opens";

    public static Message Opened(ShareOpenedV1 opened) => new(OpensQueue, opened);
}

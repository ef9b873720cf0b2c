using Pond.Kernel;

namespace Pond.Channels;

/// <summary>CHN-01: a way by which people find the shop, with a mini-program code of its own.</summary>
/// <param name="Version">1, 2, 3 … with every change.</param>
public sealed record Channel(string Id, ChannelTerms Terms, long Version, DateTimeOffset CreatedAt)
{
    public const int NameCharsMax = 40;
    public const int PrintedMax = 100_000_000;

    /// <summary>Tags that one channel puts on.</summary>
    public const int TagsMax = 5;

    /// <summary>Where the mini-program code leads.</summary>
    public const string CodePage = "pages/index/index";

    /// <summary>Of the mini-program code in print, in pixels.</summary>
    public const int CodeWidthPx = 1_280;
}

/// <summary>What marketing says of a channel.</summary>
/// <param name="Hook">What people get for coming; null for nothing.</param>
/// <param name="PrintedCount">Cards printed, or people reached: what the rate is of; null while unknown.</param>
/// <param name="TagIds">Source tags that whoever registers by it gets.</param>
/// <param name="TemplateId">A coupon of it is what whoever registers by it gets; null for none.</param>
/// <param name="EndsAt">Null for no end.</param>
public sealed record ChannelTerms(
    string Name,
    ChannelType Type,
    ChannelHook? Hook,
    int? PrintedCount,
    IReadOnlyList<string> TagIds,
    string? TemplateId,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt)
{
    /// <summary>Whether a scan of that time counts.</summary>
    public bool IsOpen(DateTimeOffset at) => StartsAt <= at && (EndsAt is null || at < EndsAt);
}

/// <summary>Stored by name: never rename one.</summary>
public enum ChannelType
{
    PackageCard,
    StorePoster,
    Staff,
    Live,
    Ad,
    Article,
}

/// <summary>What makes people come. Stored by name: never rename one.</summary>
public enum ChannelHook
{
    Cash,
    Gift,
    Coupon,
    Virtual,
}

/// <summary>Marketing has written a channel.</summary>
/// <param name="Before">Null for a new one.</param>
public sealed record ChannelWritten(
    ChannelTerms? Before, Channel Channel, string OperatorId, string Reason, DateTimeOffset At);

/// <summary>The "no"s about channels.</summary>
public static class ChannelRefusals
{
    public static readonly Refusal Missing = new("channel.missing", RefusalKind.Missing, "没有找到该渠道。");
    public static readonly Refusal Closed = new("channel.closed", RefusalKind.Conflict, "该渠道不在有效期内。");

    public static readonly Refusal Changed =
        new("channel.version", RefusalKind.Conflict, "渠道已被修改，请刷新后重试。");
}

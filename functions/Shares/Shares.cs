using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Shares;

/// <summary>That a member has shared something. It names the member nowhere but here.</summary>
/// <param name="Token">Of the link; for an invitation, the member's code.</param>
/// <param name="SharerId">As they were then; a merged account keeps what it shared.</param>
/// <param name="ObjectId">Null for an invitation.</param>
/// <param name="Channel">Where it was shared, in the mini-program's own words; null when that was not said.</param>
/// <param name="Title">Of then: what is shown once the thing is gone.</param>
/// <param name="ImageUrl">Of then; null for none.</param>
public sealed record Share(
    string Token,
    string SharerId,
    ShareKind Kind,
    string? ObjectId,
    string? Channel,
    string Title,
    string? ImageUrl,
    DateTimeOffset At);

/// <summary>What can be shared. Stored by name: never rename one.</summary>
public enum ShareKind
{
    Product,

    /// <summary>A template, of which whoever follows claims a coupon.</summary>
    Coupon,

    /// <summary>An activity of this kind.</summary>
    GroupBuy,

    /// <summary>One group of it.</summary>
    Group,

    /// <summary>An activity of this kind.</summary>
    Bargain,

    /// <summary>One member's attempt at it.</summary>
    Attempt,

    /// <summary>An activity of this kind.</summary>
    FlashSale,

    /// <summary>INV-01: the brand itself. It has a route of its own.</summary>
    Invite,
}

/// <summary>A slice whose things can be shared. Each registers one for each kind.</summary>
public interface IShareable
{
    ShareKind Kind { get; }

    /// <summary>The thing as it is now, or null when shoppers see none of that id, or it is no id.</summary>
    /// <param name="viewerId">Who looks at it; null without a login.</param>
    Task<ShareObject?> Find(string id, string? viewerId, CancellationToken cancel);
}

/// <summary>What a card says.</summary>
/// <param name="ImageUrl">Null for none: WeChat shows the page.</param>
/// <param name="WhyNot">
/// Why the viewer, or anybody, could not take part now, in the very words in which that would be refused; or null.
/// </param>
public sealed record ShareObject(string Title, string? ImageUrl, Refusal? WhyNot);

/// <summary>What can happen to a share. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Made), "made")]
public abstract record ShareEvent
{
    private ShareEvent()
    {
    }

    public sealed record Made(Share Share) : ShareEvent;
}

/// <summary>The "no"s about shares.</summary>
public static class ShareRefusals
{
    public static readonly Refusal Missing = new("share.missing", RefusalKind.Missing, "没有找到该分享。");

    public static readonly Refusal NothingThere =
        new("share.nothing_there", RefusalKind.Missing, "没有找到要分享的内容。");

    public static readonly Refusal Gone = new("share.gone", RefusalKind.Missing, "分享的内容已下架。");
    public static readonly Refusal Own = new("share.own", RefusalKind.Conflict, "不能接受自己的邀请。");
    public static readonly Refusal Taken = new("share.taken", RefusalKind.Conflict, "该邀请码已属于其他会员。");
}

using Pond.Kernel;
using Pond.Members;

namespace Pond.Shares;

/// <summary>INV-01, INV-02, INV-03: what is shared, and who may follow. Pure.</summary>
/// <remarks>
/// To share is never worth anything, and neither is to open what was shared: WeChat closes mini-programs that pay for
/// it. So nothing here tells any other slice of a share, and openings are counted and nothing else.
/// </remarks>
public static class ShareRules
{
    public const int ChannelCharsMax = 20;

    /// <summary>Characters of any id that can be shared.</summary>
    public const int IdCharsMax = 32;

    /// <summary>What a card of an invitation says.</summary>
    public const string InviteTitle = "好东西，邀你一起来看看";

    /// <summary>Where a mini-program code leads; the token is its scene.</summary>
    public const string CodePage = "pages/share/index";

    /// <summary>Of a mini-program code on a poster, in pixels.</summary>
    public const int CodeWidthPx = 430;

    /// <summary>A share is made once; the same again is the same.</summary>
    public static Decision<ShareEvent> Make(Share? known, Share share)
    {
        if (known is null) return new ShareEvent.Made(share);
        return known.SharerId == share.SharerId ? Decision<ShareEvent>.Nothing : ShareRefusals.Taken;
    }

    /// <summary>For <c>onShareAppMessage</c>; a mini-program code has the token alone as its scene.</summary>
    public static string PathOf(string token) => $"/{CodePage}?t={token}";

    /// <summary>Why a viewer cannot follow, or null.</summary>
    /// <param name="thing">As it is now; null when it is gone.</param>
    /// <param name="viewer">Null without a login.</param>
    /// <param name="isOwn">Whether the viewer has shared it.</param>
    public static Refusal? WhyNot(Share share, ShareObject? thing, MemberCaller? viewer, bool isOwn)
    {
        if (viewer is not null && MemberStanding.WhyNot(new MemberStanding(viewer.Id, viewer.Status)) is { } standing)
            return standing;
        if (share.Kind is ShareKind.Invite) return isOwn ? ShareRefusals.Own : null;
        return thing is null ? ShareRefusals.Gone : thing.WhyNot;
    }
}

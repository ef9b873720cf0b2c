using Pond.Kernel;
using Pond.Members;

namespace Pond.Shares;

/// <summary>REF-02: who has opened what. Pure.</summary>
public static class OpenRules
{
    /// <summary>
    /// A member opens a share. The first thing that they ever opened stays the first, and of a day only the first
    /// opening of each share counts.
    /// </summary>
    public static Decision<Opened> Open(OpenDesk desk, string token, DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(desk.Standing) is { } why) return why;
        var known = desk.Opening;
        var isCounted = known is null || ChinaDay.Of(known.LastAt) != ChinaDay.Of(now);
        if (!isCounted && desk.Trail?.LastToken == token) return Decision<Opened>.Nothing;

        var opening = isCounted
            ? new Opening(token, known?.FirstAt ?? now, now, (known?.Days ?? 0) + 1)
            : known!;
        var trail = new OpenTrail(desk.Trail?.FirstToken ?? token, desk.Trail?.FirstAt ?? now, token, now);
        return new Opened(opening, trail, isCounted);
    }
}

using Pond.Members;

namespace Pond.Shares;

/// <summary>REF-02: that a member has opened what somebody shared.</summary>
/// <param name="LastAt">Of the newest day; the first time on it.</param>
/// <param name="Days">China days on which they did.</param>
public sealed record Opening(string Token, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Days);

/// <summary>REF-02: what a member has opened first of all, and last.</summary>
public sealed record OpenTrail(string FirstToken, DateTimeOffset FirstAt, string LastToken, DateTimeOffset LastAt);

/// <summary>What the rules look at; null for what is not there yet.</summary>
public sealed record OpenDesk(MemberStanding? Standing, OpenTrail? Trail, Opening? Opening);

/// <summary>A member has opened a share.</summary>
/// <param name="IsCounted">Whether it is the first time on this day.</param>
public sealed record Opened(Opening Opening, OpenTrail Trail, bool IsCounted);

/// <summary>How many have opened a share, each counted once a day.</summary>
public sealed record OpenCount(long Opens)
{
    public static readonly OpenCount None = new(0);
}

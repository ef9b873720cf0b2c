namespace Pond.Platform.WeChat;

/// <summary>What became of a login code.</summary>
public abstract record LoginOutcome
{
    private LoginOutcome()
    {
    }

    /// <param name="OpenId">Names the shopper to this mini-program alone.</param>
    /// <param name="UnionId">
    /// The same in all apps of one Open Platform account; may appear only later, or never.
    /// </param>
    public sealed record SignedIn(string OpenId, string? UnionId) : LoginOutcome;

    /// <summary>Unknown, expired or used: the client calls <c>wx.login</c> again.</summary>
    public sealed record CodeRefused : LoginOutcome;

    /// <summary>WeChat holds the shopper for a danger: a neutral refusal, and no retry.</summary>
    public sealed record Blocked : LoginOutcome;

    /// <summary>No answer that can be used, or too many calls: try again later, with a new code.</summary>
    public sealed record Busy : LoginOutcome;

    /// <summary>Our own settings or our own call are wrong; no retry mends it.</summary>
    public sealed record Misconfigured(int ErrCode) : LoginOutcome;
}

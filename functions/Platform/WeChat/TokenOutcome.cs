namespace Pond.Platform.WeChat;

/// <summary>What became of the wish for an access token.</summary>
public abstract record TokenOutcome
{
    private TokenOutcome()
    {
    }

    public sealed record Ready(string Token) : TokenOutcome
    {
        /// <summary>A token that reached a log would be a credential there.</summary>
        public override string ToString() => nameof(Ready);
    }

    /// <summary>No answer that can be used, or too many calls: try again later.</summary>
    public sealed record Busy : TokenOutcome;

    /// <summary>Our own settings are wrong; no retry mends it.</summary>
    public sealed record Misconfigured(int ErrCode) : TokenOutcome;
}

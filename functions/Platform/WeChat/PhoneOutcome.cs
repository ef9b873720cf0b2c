namespace Pond.Platform.WeChat;

/// <summary>What became of a code of the button <c>getPhoneNumber</c>.</summary>
public abstract record PhoneOutcome
{
    private PhoneOutcome()
    {
    }

    /// <param name="CountryCode">As WeChat writes it: 86 for China.</param>
    /// <param name="Number">Without the country code.</param>
    public sealed record Found(string CountryCode, string Number) : PhoneOutcome
    {
        /// <summary>A number that reached a log would be personal data there.</summary>
        public override string ToString() => nameof(Found);
    }

    /// <summary>Unknown, expired, used, or somebody else's: the shopper taps the button again.</summary>
    public sealed record CodeRefused : PhoneOutcome;

    /// <summary>No answer that can be used, or too many calls: try again later, with a new code.</summary>
    public sealed record Busy : PhoneOutcome;

    /// <summary>Our own settings or our own call are wrong; no retry mends it.</summary>
    public sealed record Misconfigured(int ErrCode) : PhoneOutcome;
}

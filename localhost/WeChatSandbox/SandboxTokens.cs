using System.Buffers.Text;
using System.Security.Cryptography;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>The access tokens of the app, of two kinds that do not touch each other.</summary>
public sealed class SandboxTokens(TimeProvider clock)
{
    public const int ForcedPerDayMax = 20;

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(2);

    /// <summary>So long before its end a token is replaced, and so long it still works from then on.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan BetweenForced = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);
    private static readonly TimeSpan RememberedAfterExpiry = TimeSpan.FromDays(1);

    /// <summary>512 characters in base64url: what WeChat says to leave room for.</summary>
    private const int TokenBytes = 384;

    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> expiryByToken = [];
    private string? classic;
    private string? stable;
    private string? stableBefore;
    private DateTimeOffset lastForcedAt;
    private int forcedThatDay;

    /// <summary>What <c>GET /cgi-bin/token</c> does: always a new token; the last one works on for a while.</summary>
    internal IssuedToken NextClassic()
    {
        lock (gate)
        {
            HandOver(classic);
            classic = Issue();
            return Seen(classic);
        }
    }

    /// <summary>What <c>stable_token</c> does without force: the same token until its last five minutes.</summary>
    internal IssuedToken Stable()
    {
        lock (gate)
            return Seen(KeepOrReplaceStable());
    }

    /// <summary>
    /// What <c>stable_token</c> does with force: the old tokens die at once. Within 30 seconds of the last time
    /// it does nothing; the 21st time of a day (China's) is refused.
    /// </summary>
    internal (IssuedToken? Token, WeChatError? Error) ForcedStable()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now < lastForcedAt + BetweenForced)
                return (Seen(KeepOrReplaceStable()), null);
            if (Day(now) != Day(lastForcedAt))
                forcedThatDay = 0;
            if (forcedThatDay == ForcedPerDayMax)
                return (null, WeChatError.DailyLimit);

            (lastForcedAt, forcedThatDay) = (now, forcedThatDay + 1);
            Kill(stable);
            Kill(stableBefore);
            stable = Issue();
            return (Seen(stable), null);
        }
    }

    /// <summary>What every call that needs a token begins with: what is wrong with this one, or null.</summary>
    public WeChatError? Check(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return WeChatError.NoToken;
        lock (gate)
        {
            if (!expiryByToken.TryGetValue(token, out var expiresAt))
                return WeChatError.BadToken;
            return clock.GetUtcNow() < expiresAt ? null : WeChatError.ExpiredToken;
        }
    }

    /// <summary>Kills every token now, as a leaked secret or somebody else's refresh would.</summary>
    public void Invalidate()
    {
        lock (gate)
        {
            expiryByToken.Clear();
            classic = stable = stableBefore = null;
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            Invalidate();
            (lastForcedAt, forcedThatDay) = (default, 0);
        }
    }

    private string KeepOrReplaceStable()
    {
        if (stable is not null && expiryByToken[stable] - clock.GetUtcNow() >= Overlap)
            return stable;
        HandOver(stable);
        stableBefore = stable;
        return stable = Issue();
    }

    private string Issue()
    {
        var now = clock.GetUtcNow();
        foreach (var (old, expiresAt) in expiryByToken)
        {
            if (expiresAt + RememberedAfterExpiry <= now && old != stable && old != classic)
                expiryByToken.Remove(old);
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        expiryByToken.Add(token, now + Lifetime);
        return token;
    }

    private void HandOver(string? token)
    {
        var now = clock.GetUtcNow();
        if (token is not null && now < expiryByToken[token])
            expiryByToken[token] = now + Overlap;
    }

    private void Kill(string? token)
    {
        if (token is not null)
            expiryByToken.Remove(token);
    }

    private IssuedToken Seen(string token) =>
        new(token, (int)(expiryByToken[token] - clock.GetUtcNow()).TotalSeconds);

    private static DateTime Day(DateTimeOffset instant) => instant.ToOffset(ChinaOffset).Date;
}

/// <summary>A token as an answer shows it.</summary>
/// <param name="ExpiresInSeconds">300 … 7200.</param>
internal sealed record IssuedToken(string Value, int ExpiresInSeconds);

using System.Security.Cryptography;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>The codes that <c>wx.login</c> hands out: each for one app and one user, once, for five minutes.</summary>
public sealed class LoginCodes(SandboxOptions options, Shoppers shoppers, TimeProvider clock)
{
    /// <summary>Exchanges of one user in a <see cref="Minute"/>.</summary>
    public const int CallsPerMinuteMax = 100;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int CodeChars = 32;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Issued> codes = [];
    private readonly Dictionary<string, Queue<DateTimeOffset>> callsByShopper = [];

    /// <summary>What <c>wx.login</c> does on the shopper's phone.</summary>
    /// <param name="appId">Another mini-program's, to see its code refused; the sandbox's own by default.</param>
    public string Issue(string shopperName, string? appId = null)
    {
        var name = shoppers.Named(shopperName).Name;
        var code = RandomNumberGenerator.GetString(Alphabet, CodeChars);
        lock (gate)
        {
            DropExpired();
            codes.Add(code, new(appId ?? options.AppId, name, clock.GetUtcNow() + Lifetime));
        }

        return code;
    }

    /// <summary>What <c>jscode2session</c> does with it: its shopper, or why not. Only success uses it up.</summary>
    internal (Shopper? Shopper, WeChatError? Error) Use(string code)
    {
        lock (gate)
        {
            DropExpired();
            if (!codes.TryGetValue(code, out var issued) || issued.AppId != options.AppId)
                return (null, WeChatError.BadCode);
            if (!MayCall(issued.ShopperName))
                return (null, WeChatError.MinuteLimit);
            if (issued.Used)
                return (null, WeChatError.UsedCode);

            var shopper = shoppers.Named(issued.ShopperName);
            if (shopper.HighRisk)
                return (null, WeChatError.HighRisk);
            codes[code] = issued with { Used = true };
            return (shopper, null);
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            codes.Clear();
            callsByShopper.Clear();
        }
    }

    private bool MayCall(string shopperName)
    {
        var now = clock.GetUtcNow();
        if (!callsByShopper.TryGetValue(shopperName, out var calls))
            callsByShopper.Add(shopperName, calls = new());
        while (calls.TryPeek(out var oldest) && oldest <= now - Minute)
            calls.Dequeue();
        if (calls.Count == CallsPerMinuteMax)
            return false;
        calls.Enqueue(now);
        return true;
    }

    private void DropExpired()
    {
        var now = clock.GetUtcNow();
        foreach (var (code, issued) in codes)
        {
            if (issued.ExpiresAt <= now)
                codes.Remove(code);
        }
    }

    private sealed record Issued(string AppId, string ShopperName, DateTimeOffset ExpiresAt, bool Used = false);
}

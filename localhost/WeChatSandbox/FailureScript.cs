using System.Text.RegularExpressions;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>How a call goes wrong.</summary>
public enum FailureKind
{
    /// <summary>HTTP 200 with the errcode; with WeChat Pay the same as <see cref="Status"/>.</summary>
    ErrCode,

    /// <summary>The HTTP status and no body, or WeChat Pay's; a redirect names the same address.</summary>
    Status,

    /// <summary>The right answer, late.</summary>
    Delay,

    /// <summary>No answer as long as the caller waits.</summary>
    Hang,

    /// <summary>HTTP 200 with a gateway's HTML page.</summary>
    Html,

    /// <summary>HTTP 200 with 10 MB of JSON.</summary>
    Huge,

    /// <summary>The connection breaks before the call is carried out.</summary>
    Drop,

    /// <summary>The call is carried out, then the connection breaks.</summary>
    Lost,

    /// <summary>WeChat Pay answers the query of an unpaid payment that the shopper is typing their password.</summary>
    UserPaying,

    /// <summary>WeChat Pay carries the call out, and the answer bears the signature of another.</summary>
    WrongSignature,

    /// <summary>WeChat Pay carries the call out, and the answer names a key that nobody has heard of.</summary>
    UnknownSerial,
}

/// <summary>What happens to the next calls of a path.</summary>
/// <param name="Path">A <c>*</c> stands for anything between two slashes.</param>
/// <param name="Times">Calls: 1 … 1,000.</param>
/// <param name="ErrCode">For <see cref="FailureKind.ErrCode"/>; -1 is "system busy".</param>
/// <param name="Status">For <see cref="FailureKind.Status"/>: 300 … 599.</param>
/// <param name="DelaySeconds">For <see cref="FailureKind.Delay"/>: 0 … 600.</param>
/// <param name="Code">WeChat Pay's, such as <c>SYSTEM_ERROR</c>; that of the status by default.</param>
public sealed record Failure(
    string Path,
    FailureKind Kind,
    int Times = 1,
    int ErrCode = -1,
    int Status = 500,
    int DelaySeconds = 5,
    string? Code = null)
{
    public const int TimesMax = 1000;
    public const int DelaySecondsMax = 600;

    internal bool Meets(string path) => Path == path
        || (Path.Contains('*', StringComparison.Ordinal)
            && Regex.IsMatch(path, $@"^{Regex.Escape(Path).Replace(@"\*", "[^/]+", StringComparison.Ordinal)}\z"));

    /// <summary>What breaks the ranges, or null.</summary>
    public string? Problem()
    {
        if (Path is not ['/', ..] || Path.StartsWith(ControlEndpoints.Prefix, StringComparison.OrdinalIgnoreCase))
            return "path: one of WeChat's, such as /sns/jscode2session";
        if (!Enum.IsDefined(Kind))
            return "kind: unknown";
        if (Times is < 1 or > TimesMax)
            return $"times: 1 … {TimesMax}";
        if (ErrCode == 0)
            return "errCode: not 0, which is success";
        if (Status is < 300 or > 599)
            return "status: 300 … 599";
        return DelaySeconds is < 0 or > DelaySecondsMax ? $"delaySeconds: 0 … {DelaySecondsMax}" : null;
    }
}

/// <summary>The failures still to come, in the order they were asked for.</summary>
public sealed class FailureScript
{
    private readonly Lock gate = new();
    private readonly List<Failure> failures = [];

    /// <summary>With the calls still to go wrong in <see cref="Failure.Times"/>.</summary>
    public IReadOnlyList<Failure> All
    {
        get
        {
            lock (gate)
                return [.. failures];
        }
    }

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Add(Failure failure)
    {
        if (failure.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(failure));
        lock (gate)
            failures.Add(failure);
    }

    public void Clear()
    {
        lock (gate)
            failures.Clear();
    }

    /// <summary>What this call meets, or null; one call less is then to come.</summary>
    internal Failure? Take(string path)
    {
        lock (gate)
        {
            var next = failures.FindIndex(failure => failure.Meets(path));
            if (next < 0)
                return null;
            var failure = failures[next];
            if (failure.Times == 1)
                failures.RemoveAt(next);
            else
                failures[next] = failure with { Times = failure.Times - 1 };
            return failure;
        }
    }
}

namespace Pond.Touches;

/// <summary>What the reports count of a touch: that it was planned, and what it came to. Pure.</summary>
public static class TouchCounts
{
    public const string Planned = "planned";
    public const string Sent = "sent";
    public const string Failed = "failed";
    public const string Unknown = "unknown";

    /// <summary>Before the reason of one that was dropped.</summary>
    public const string DroppedPrefix = "dropped.";

    /// <summary>Each touch is planned once, and ends once.</summary>
    internal static IEnumerable<TouchCount> Of(TouchMove move)
    {
        var touch = move.After;
        if (touch.Day is not { } day) yield break; // voided before it was planned
        if (move.Before is null) yield return new TouchCount(day, touch.Occasion, Planned);
        if (Outcome(touch) is { } outcome) yield return new TouchCount(day, touch.Occasion, outcome);
    }

    private static string? Outcome(Touch touch) => touch.State switch
    {
        TouchState.Sent => Sent,
        TouchState.Failed => Failed,
        TouchState.Unknown => Unknown,
        TouchState.Dropped => DroppedPrefix + touch.Reason,
        _ => null,
    };
}

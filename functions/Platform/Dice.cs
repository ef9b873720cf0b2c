#pragma warning disable RS0030 // this is the place that draws

namespace Pond.Platform;

/// <summary>
/// Draws chance; the only place that does. A rule gets the roll as a value, so a retry cannot roll again.
/// </summary>
public class Dice
{
    /// <summary>A whole number from 0 up to, not including, <paramref name="below"/>.</summary>
    public virtual int Roll(int below) => Random.Shared.Next(below);
}

using System.Globalization;

namespace Pond.Kernel;

/// <summary>An amount of points. Every operation is checked: it throws, it never wraps.</summary>
/// <param name="Value">Whole points; may be negative where a difference is meant.</param>
public readonly record struct Points(long Value)
{
    public static readonly Points Zero = new(0);

    public static Points operator +(Points a, Points b) => new(checked(a.Value + b.Value));

    public static Points operator -(Points a, Points b) => new(checked(a.Value - b.Value));

    public static Points operator -(Points a) => new(checked(-a.Value));

    public static bool operator <(Points a, Points b) => a.Value < b.Value;

    public static bool operator >(Points a, Points b) => a.Value > b.Value;

    public static bool operator <=(Points a, Points b) => a.Value <= b.Value;

    public static bool operator >=(Points a, Points b) => a.Value >= b.Value;

    public static Points Min(Points a, Points b) => a < b ? a : b;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

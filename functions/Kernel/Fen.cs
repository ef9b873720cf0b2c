using System.Globalization;

namespace Pond.Kernel;

/// <summary>Money in fen, a hundredth of a yuan. Every operation is checked: it throws, it never wraps.</summary>
/// <param name="Value">Fen; may be negative where a difference is meant.</param>
public readonly record struct Fen(long Value)
{
    public static readonly Fen Zero = new(0);

    public static Fen operator +(Fen a, Fen b) => new(checked(a.Value + b.Value));

    public static Fen operator -(Fen a, Fen b) => new(checked(a.Value - b.Value));

    public static Fen operator *(Fen a, long times) => new(checked(a.Value * times));

    public static bool operator <(Fen a, Fen b) => a.Value < b.Value;

    public static bool operator >(Fen a, Fen b) => a.Value > b.Value;

    public static bool operator <=(Fen a, Fen b) => a.Value <= b.Value;

    public static bool operator >=(Fen a, Fen b) => a.Value >= b.Value;

    public static Fen Min(Fen a, Fen b) => a < b ? a : b;

    /// <summary>Yuan with two decimals, such as <c>¥12.50</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"¥{Value / 100m:0.00}");
}

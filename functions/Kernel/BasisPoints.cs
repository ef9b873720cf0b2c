using System.Globalization;

namespace Pond.Kernel;

/// <summary>A share in hundredths of a percent: 10,000 is the whole, 8,500 is 八五折.</summary>
/// <param name="Value">0 … 10,000 for a share of something; more for a multiplier.</param>
public readonly record struct BasisPoints(int Value)
{
    /// <summary>All of it.</summary>
    public static readonly BasisPoints Whole = new(10_000);

    /// <summary>This share of an amount, rounded half up to a fen.</summary>
    /// <exception cref="OverflowException">The product does not fit.</exception>
    public Fen Of(Fen amount) => new(RoundHalfUp(amount.Value));

    /// <summary>
    /// This share of an amount, rounded down to a whole point: a shop never grants a point that was not earned.
    /// </summary>
    /// <exception cref="OverflowException">The product does not fit.</exception>
    public Points Of(Points amount) => new((long)Math.Floor((decimal)amount.Value * Value / Whole.Value));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value / 100m:0.##}%");

    private long RoundHalfUp(long amount) =>
        (long)Math.Floor(((decimal)amount * Value / Whole.Value) + 0.5m);
}

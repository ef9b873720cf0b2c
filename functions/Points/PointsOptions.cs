using System.Globalization;

namespace Pond.Points;

/// <summary>Settings of points, section <c>Points</c>.</summary>
public sealed class PointsOptions
{
    // With a row for each month in which points end, a spend stays far below the rows of one batch.
    private const int LotMonthsMax = 36;
    private const int ExpiryDaysMax = 1_095;

    private static readonly Dictionary<string, ExpiryRounding> Roundings = new(StringComparer.Ordinal)
    {
        ["day"] = Points.ExpiryRounding.Day,
        ["month"] = Points.ExpiryRounding.Month,
        ["quarter"] = Points.ExpiryRounding.Quarter,
        ["halfYear"] = Points.ExpiryRounding.HalfYear,
        ["year"] = Points.ExpiryRounding.Year,
    };

    /// <summary>Points for a check-in while no programme is set; 0 checks in without a reward.</summary>
    public long CheckInPoints { get; set; } = 5;

    /// <summary>
    /// Months until points end, when neither days nor a date are set; 0 when they last for ever.
    /// </summary>
    public int LotMonths { get; set; } = 12;

    /// <summary>The most points that an operator gives or takes alone; more waits for another operator.</summary>
    public long AdjustmentApprovalLimit { get; set; } = 10_000;

    /// <summary>The period at whose end they do: <c>day</c> (not rounded), month, quarter, halfYear or year.</summary>
    public string ExpiryRounding { get; set; } = "month";

    /// <summary>Days until points end; 0 when months or a date say so.</summary>
    public int ExpiryDays { get; set; }

    /// <summary>The day of each year, such as <c>12-31</c>, with which points end; empty when there is none.</summary>
    public string ExpiryDate { get; set; } = "";

    /// <summary>The most points that come in on one China day; 0 for no cap.</summary>
    public long EarnCapPerDay { get; set; }

    /// <summary>The same for causes of one kind, such as check-ins.</summary>
    public long EarnCapPerKindPerDay { get; set; }

    /// <summary>The two caps.</summary>
    public EarnCaps EarnCaps() => new(EarnCapPerDay, EarnCapPerKindPerDay);

    /// <summary>When points end.</summary>
    public ExpiryPolicy Expiry() =>
        Date() is { } date ? new ExpiryPolicy.EachYear(date.Month, date.Day)
        : ExpiryDays > 0 ? new ExpiryPolicy.AfterDays(ExpiryDays)
        : LotMonths > 0 ? new ExpiryPolicy.AfterMonths(LotMonths, Roundings[ExpiryRounding])
        : new ExpiryPolicy.Never();

    /// <summary>What is malformed.</summary>
    public IEnumerable<string> Problems()
    {
        if (CheckInPoints is < 0 or > PointsRules.PointsPerBookingMax)
            yield return $"Points:CheckInPoints must be 0 … {PointsRules.PointsPerBookingMax}.";
        if (AdjustmentApprovalLimit is < 0 or > PointsRules.PointsPerBookingMax)
            yield return $"Points:AdjustmentApprovalLimit must be 0 … {PointsRules.PointsPerBookingMax}.";
        if (LotMonths is < 0 or > LotMonthsMax) yield return $"Points:LotMonths must be 0 … {LotMonthsMax}.";
        if (!Roundings.ContainsKey(ExpiryRounding))
            yield return $"Points:ExpiryRounding must be one of {string.Join(", ", Roundings.Keys)}.";
        if (ExpiryDays is < 0 or > ExpiryDaysMax) yield return $"Points:ExpiryDays must be 0 … {ExpiryDaysMax}.";
        if (ExpiryDate.Length > 0 && Date() is null) yield return "Points:ExpiryDate must be a day such as 12-31.";
        if (ExpiryDate.Length > 0 && ExpiryDays > 0)
            yield return "Points:ExpiryDays and Points:ExpiryDate cannot both be set.";
        if (EarnCapPerDay < 0) yield return "Points:EarnCapPerDay must be 0 or more.";
        if (EarnCapPerKindPerDay < 0) yield return "Points:EarnCapPerKindPerDay must be 0 or more.";
    }

    // Within a leap year, so that the 29th of February is a day.
    private DateOnly? Date() => DateOnly.TryParseExact(
        "2000-" + ExpiryDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date
        : null;
}

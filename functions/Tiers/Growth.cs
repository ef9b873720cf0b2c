using System.Globalization;
using Pond.Kernel;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>Why growth was booked. A member has at most one entry for a cause.</summary>
/// <param name="Kind">Such as <c>adjustment</c>.</param>
/// <param name="Id">Which one.</param>
public sealed record GrowthCause(string Kind, string Id)
{
    public const string Adjustment = "adjustment";

    /// <summary>All that an account had goes to another one; its id is that of the first.</summary>
    public const string Merge = "merge";

    /// <summary>What an order brought.</summary>
    public const string Order = "order";

    /// <summary>What went back of it; its id ends in how much in all.</summary>
    public const string OrderRefund = "orderRefund";

    /// <summary>What a friend brought.</summary>
    public const string Referral = "referral";
}

/// <summary>MBR-01: one line of the ledger of growth. Lines are only ever added, and each is chained.</summary>
/// <param name="Seq">1, 2, 3 … without gaps.</param>
/// <param name="Growth">Negative when it was taken back.</param>
/// <param name="AfterGrowth">The sum of all lines up to it.</param>
/// <param name="Previous">Hash of the line before, empty for the first.</param>
public sealed record GrowthEntry(
    long Seq, DateTimeOffset At, GrowthCause Cause, long Growth, long AfterGrowth, string Previous)
{
    /// <summary>What the next line carries of this one.</summary>
    public string Hash() => Keys.Hash(
        Previous, Text(Seq), Text(At.UtcTicks), Cause.Kind, Cause.Id, Text(Growth), Text(AfterGrowth));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The sum of all entries, kept at hand.</summary>
/// <param name="Seq">Of the newest entry.</param>
/// <param name="LastHash">Of the newest entry.</param>
public sealed record GrowthSum(long TotalGrowth, long Seq, string LastHash)
{
    public static readonly GrowthSum None = new(0, 0, "");

    /// <summary>The line that comes after the newest one.</summary>
    public GrowthEntry Next(GrowthCause cause, long growth, DateTimeOffset now) =>
        new(Seq + 1, now, cause, growth, TotalGrowth + growth, LastHash);
}

/// <summary>How much of what a cause brought, or will bring, has gone back so far.</summary>
public sealed record UndoneGrowth(GrowthCause Cause, long Growth);

/// <summary>The entries of one China day, summed up.</summary>
public sealed record DayGrowth(ChinaDay Day, long Growth);

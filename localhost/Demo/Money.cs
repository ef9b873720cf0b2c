using System.Globalization;

namespace Pond.LocalHost.Demo;

/// <summary>Amounts as the demo shows them.</summary>
internal static class Money
{
    public const long FenPerYuan = 100;

    /// <summary>Yuan with two decimals.</summary>
    public static string Text(long fen) => string.Create(CultureInfo.InvariantCulture, $"¥{fen / 100m:0.00}");
}

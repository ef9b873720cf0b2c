using System.Buffers;
using System.ComponentModel.DataAnnotations;
using Pond.Platform.Http;
using Pond.Pricing;

namespace Pond.Orders;

/// <summary>Pieces of a line that are to go back.</summary>
public sealed record RefundLineRequest
{
    /// <summary>The number of the line in its order.</summary>
    [Whole(1, QuoteRequest.LinesMax * 2)]
    public required int LineNumber { get; init; }

    [Whole(1, QuoteRequest.QuantityMax)]
    public required int Quantity { get; init; }

    /// <summary>The same for the rules; null for everything that is left.</summary>
    internal static IReadOnlyList<RefundWish>? Wishes(IReadOnlyList<RefundLineRequest>? lines) =>
        lines is null ? null : [.. lines.Select(line => new RefundWish(line.LineNumber, line.Quantity))];
}

/// <summary>A carrier's code at WeChat, such as <c>SF</c>: capital letters, digits and underscores.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CarrierAttribute : StringLengthAttribute
{
    private const int CharsMin = 2;
    private const int CharsMax = 32;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_");

    public CarrierAttribute()
        : base(CharsMax)
    {
        MinimumLength = CharsMin;
        ErrorMessage = $"须为 {CharsMin} 至 {CharsMax} 个大写字母、数字或下划线";
    }

    public override bool IsValid(object? value) =>
        value is null
        || (base.IsValid(value) && value is string text && !text.AsSpan().ContainsAnyExcept(Alphabet));
}

/// <summary>The number of a parcel: letters, digits and hyphens.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TrackingNoAttribute : StringLengthAttribute
{
    private const int CharsMin = 5;
    private const int CharsMax = 32;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public TrackingNoAttribute()
        : base(CharsMax)
    {
        MinimumLength = CharsMin;
        ErrorMessage = $"须为 {CharsMin} 至 {CharsMax} 个字母、数字或连字符";
    }

    public override bool IsValid(object? value) =>
        value is null
        || (base.IsValid(value) && value is string text && !text.AsSpan().ContainsAnyExcept(Alphabet));
}

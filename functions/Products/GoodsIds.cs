using System.Buffers;
using System.ComponentModel.DataAnnotations;

namespace Pond.Products;

/// <summary>The id of a category, an SPU or an SKU: letters, digits, hyphens and underscores.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GoodsIdAttribute : StringLengthAttribute
{
    public const int CharsMin = 4;
    public const int CharsMax = 32;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-");

    public GoodsIdAttribute()
        : base(CharsMax)
    {
        MinimumLength = CharsMin;
        ErrorMessage = $"须为 {CharsMin} 至 {CharsMax} 个字母、数字、连字符或下划线";
    }

    public override bool IsValid(object? value) => value is null || IsGoodsId(value as string);

    public static bool IsGoodsId(string? text) =>
        text?.Length is >= CharsMin and <= CharsMax && !text.AsSpan().ContainsAnyExcept(Alphabet);
}

/// <summary>A list of such ids, one at least.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GoodsIdsAttribute : LengthAttribute
{
    /// <summary>Ids in one list.</summary>
    public const int IdsMax = 50;

    public GoodsIdsAttribute()
        : base(1, IdsMax) =>
        ErrorMessage = $"须为 1 至 {IdsMax} 个编号";

    public override bool IsValid(object? value) =>
        value is null || (base.IsValid(value) && ((IEnumerable<string?>)value).All(GoodsIdAttribute.IsGoodsId));
}

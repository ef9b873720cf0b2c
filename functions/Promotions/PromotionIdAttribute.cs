using System.ComponentModel.DataAnnotations;
using Pond.Platform;

namespace Pond.Promotions;

/// <summary>The id of a promotion or of a part of one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PromotionIdAttribute : StringLengthAttribute
{
    public PromotionIdAttribute()
        : base(Ids.IdChars)
    {
        MinimumLength = Ids.IdChars;
        ErrorMessage = "无效的编号";
    }

    public override bool IsValid(object? value) => value is null || Ids.IsId(value as string);
}

using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;

namespace Pond.Platform.Http;

/// <summary>Text of so many UTF-16 units, on one line, with something to see in it and nothing that hides.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextAttribute : StringLengthAttribute
{
    public TextAttribute(int charsMin, int charsMax)
        : base(charsMax)
    {
        MinimumLength = charsMin;
        ErrorMessage = $"须为 {charsMin} 至 {charsMax} 个字符，不能全为空白，也不含控制字符";
    }

    public override bool IsValid(object? value) =>
        value is null
        || (value is string text && base.IsValid(text)
            && text.EnumerateRunes().Any(IsSeen) && !text.EnumerateRunes().Any(IsUnfit));

    private static bool IsSeen(Rune rune) =>
        !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format;

    // Format characters reverse or hide text (U+202E, U+200B); emoji need the joiner U+200D.
    private static bool IsUnfit(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => rune.Value != 0x200D,
        _ => false,
    };
}

/// <summary>A whole number within bounds.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WholeAttribute : RangeAttribute
{
    public WholeAttribute(long min, long max)
        : base(typeof(long), min.ToString(CultureInfo.InvariantCulture), max.ToString(CultureInfo.InvariantCulture)) =>
        ErrorMessage = $"须为 {min} 至 {max} 的整数";

    // The base class compares values of its own type only, and would refuse every int.
    public override bool IsValid(object? value) =>
        value is null || base.IsValid(Convert.ToInt64(value, CultureInfo.InvariantCulture));
}

/// <summary>Names the record that a function reads from the request's body, for the API description.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BodyAttribute(Type type) : Attribute, IAcceptsMetadata
{
    public IReadOnlyList<string> ContentTypes { get; } = ["application/json"];

    public Type? RequestType { get; } = type;

    public bool IsOptional => false;
}

/// <summary>Says that a function needs an Idempotency-Key, for the API description.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsIdempotencyKeyAttribute : Attribute;

/// <summary>Says that a function pages by limit and cursor, for the API description.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PagedAttribute : Attribute;

/// <summary>Says who may call a function, for the API description and the tests of access.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CallerAttribute(CallerKind kind) : Attribute
{
    public CallerKind Kind { get; } = kind;
}

/// <summary>Who calls.</summary>
public enum CallerKind
{
    /// <summary>Anybody, without a credential.</summary>
    Anyone,

    /// <summary>A member with an access token.</summary>
    Member,

    /// <summary>An operator with a key of their own.</summary>
    Operator,
}

using System.ComponentModel.DataAnnotations;

namespace Pond.Products;

/// <summary>A list of addresses of images: https alone, as a mini-program shows no other.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ImageUrlsAttribute : LengthAttribute
{
    /// <summary>Images of one product.</summary>
    public const int UrlsMax = 9;

    /// <summary>Characters of one address.</summary>
    public const int CharsMax = 500;

    public ImageUrlsAttribute()
        : base(0, UrlsMax) =>
        ErrorMessage = $"须为至多 {UrlsMax} 个 https 图片地址，每个至多 {CharsMax} 个字符";

    public override bool IsValid(object? value) =>
        value is null || (base.IsValid(value) && ((IEnumerable<string?>)value).All(IsImageUrl));

    // Only printable ASCII without blanks: what a browser would have to mend is not shown alike everywhere.
    private static bool IsImageUrl(string? text) =>
        text?.Length is > 0 and <= CharsMax
        && text.All(letter => letter is > ' ' and <= '~')
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme == Uri.UriSchemeHttps && url.Host.Length > 0 && url.UserInfo.Length == 0;
}

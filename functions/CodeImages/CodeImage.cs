using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.CodeImages;

/// <summary>INV-04: a mini-program code, drawn once for each scene, page and width.</summary>
/// <param name="Page">Where it leads.</param>
/// <param name="AskedAt">When it was last asked for while there was none.</param>
/// <param name="Picture">Null while there is none.</param>
/// <param name="ErrCode">Why WeChat does not draw it; null when it has not said no.</param>
public sealed record CodeImage(
    string Scene,
    string Page,
    int WidthPx,
    CodeState State,
    DateTimeOffset AskedAt,
    Picture? Picture = null,
    int? ErrCode = null);

/// <summary>Where the bytes of a picture lie.</summary>
/// <param name="Hash">Of the bytes; names their rows.</param>
/// <param name="Chunks">How many rows.</param>
public sealed record Picture(string MediaType, string Hash, int Chunks);

/// <summary>Stored by name: never rename one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CodeState>))]
public enum CodeState
{
    /// <summary>WeChat is asked.</summary>
    Pending,

    Ready,

    /// <summary>WeChat has said no, as a rule since the page is not released; it can be asked again later.</summary>
    Refused,
}

/// <summary>The "no"s about codes.</summary>
public static class CodeImageRefusals
{
    public static readonly Refusal Missing = new("code_image.missing", RefusalKind.Missing, "小程序码尚未生成，请先申请。");
    public static readonly Refusal Pending = new("code_image.pending", RefusalKind.Missing, "小程序码生成中，请稍后再试。");
    public static readonly Refusal Refused = new("code_image.refused", RefusalKind.Missing, "微信未能生成小程序码，请稍后再申请。");
}

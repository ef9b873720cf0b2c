using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary><c>POST /wxa/getwxacodeunlimit</c>: a picture, or JSON that says why not.</summary>
internal sealed partial class CodeDrawing(SandboxTokens tokens, ReleasedPages pages)
{
    public const string Path = "/wxa/getwxacodeunlimit";

    private const int SceneCharsMax = 32;
    private const int WidthMin = 280;
    private const int WidthMax = 1_280;
    private const int WidthDefault = 430;

    public async Task<IResult> Answer(HttpRequest request, CancellationToken cancel)
    {
        var (body, refused) = await JsonCall.Read<Body>(request, tokens, cancel);
        if (body is null)
            return refused!;
        if (Check(body) is { } error)
            return JsonCall.Error(error);

        var widthPx = body.WidthPx ?? WidthDefault;
        pages.Drew(new SandboxCode(body.Scene!, body.Page ?? "", widthPx));
        return Results.Bytes(CodePicture.Jpeg(body.Scene!, widthPx), "image/jpeg");
    }

    private WeChatError? Check(Body body)
    {
        if (string.IsNullOrEmpty(body.Scene))
            return CodeErrors.BadParameter;
        if (body.Scene.Length > SceneCharsMax)
            return CodeErrors.LongScene;
        if (!SceneAlphabet().IsMatch(body.Scene))
            return CodeErrors.BadScene;
        if (body.Scene.Contains("scancode_time", StringComparison.Ordinal))
            return CodeErrors.Reserved;
        if (body.WidthPx is < WidthMin or > WidthMax)
            return CodeErrors.BadParameter;
        return body.Page is null || pages.Has(body.Page) || body.IsPageChecked == false ? null : CodeErrors.BadPage;
    }

    [GeneratedRegex(@"^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]+\z")]
    private static partial Regex SceneAlphabet();

    private sealed record Body(
        [property: JsonPropertyName("scene")] string? Scene,
        [property: JsonPropertyName("page")] string? Page,
        [property: JsonPropertyName("check_path")] bool? IsPageChecked,
        [property: JsonPropertyName("width")] int? WidthPx);
}

/// <summary>What only <c>getwxacodeunlimit</c> answers.</summary>
internal static class CodeErrors
{
    public static readonly WeChatError BadParameter = new(40097, "invalid args");
    public static readonly WeChatError BadScene = new(40129, "invalid scene");
    public static readonly WeChatError LongScene =
        new(40169, "invalid length for scene, or the data is not json string");

    public static readonly WeChatError BadPage = new(41030, "invalid page");
    public static readonly WeChatError Reserved = new(85096, "not allow include scancode_time field");
}

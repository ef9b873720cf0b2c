using System.Globalization;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.CodeImages;

/// <summary>
/// Partition <c>mc:{hash of scene, page and width}</c>: <c>code</c> is the head, <c>chunk:{hash of the bytes}:{n}</c>
/// the bytes, written before the head leads to them.
/// </summary>
public static class CodeImageRows
{
    public const string Head = "code";

    /// <summary>Characters of base64 in one row, of the 512 Ki that fit.</summary>
    public const int CharsPerChunk = 240 * 1024;

    private const string ChunkPrefix = "chunk";

    public static string Partition(string scene, string page, int widthPx) =>
        "mc:" + Keys.Hash(scene, page, widthPx.ToString(CultureInfo.InvariantCulture));

    public static Layout<CodeImage?, CodeImage> Of(string scene, string page, int widthPx) => new(
        Partition(scene, page, widthPx),
        Head,
        Loads: [],
        Read: rows => rows.Find<CodeImage>(Head),
        Write: image => image is null ? [] : [new StateRow(Head, image)],
        Evolve: (_, after) => after,
        Announce: after => after.State is CodeState.Pending
            ? [CodeImageMessages.Wanted(new CodeWantedV1(after.Scene, after.Page, after.WidthPx))]
            : []);

    public static string Chunk(string hash, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{ChunkPrefix}:{hash}:{number}");
}

/// <summary>A part of a picture, in base64.</summary>
public sealed record PictureChunk(string Base64);

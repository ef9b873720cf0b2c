using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.CodeImages;

/// <summary>INV-04: mini-program codes for whatever has a scene. For other slices.</summary>
public sealed class SceneCodes(Transactor transactor, PartitionStore store, Ids ids, TimeProvider clock)
{
    /// <param name="State">Once it is ready, the picture is under the same address.</param>
    public sealed record Response(CodeState State);

    /// <summary>Somebody wants the code: it is drawn once, on a queue.</summary>
    /// <param name="scene">1 … 32 characters of those that WeChat allows.</param>
    /// <param name="page">Without a leading slash.</param>
    /// <param name="widthPx">280 … 1,280.</param>
    public async Task<IResult> Order(string scene, string page, int widthPx, CancellationToken cancel)
    {
        var wanted = new CodeImage(scene, page, widthPx, CodeState.Pending, clock.GetUtcNow());
        var decision = await transactor.Run(
            CodeImageRows.Of(scene, page, widthPx),
            new Operation(nameof(SceneCodes), ids.Next(), Fingerprint: null), // the state tells what is done
            (known, now) => CodeImageRules.Ask(known, wanted, now),
            cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);
        var image = await Find(scene, page, widthPx, cancel);
        return Results.Json(
            new Response(image?.State ?? CodeState.Pending), statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>The picture, or why there is none.</summary>
    public async Task<IResult> Show(string scene, string page, int widthPx, CancellationToken cancel)
    {
        var image = await Find(scene, page, widthPx, cancel);
        if (image is not { Picture: { } picture })
        {
            return Answers.Problem(image?.State switch
            {
                CodeState.Pending => CodeImageRefusals.Pending,
                CodeState.Refused => CodeImageRefusals.Refused,
                _ => CodeImageRefusals.Missing,
            });
        }

        var partition = CodeImageRows.Partition(scene, page, widthPx);
        var chunks = await Task.WhenAll(Enumerable.Range(0, picture.Chunks).Select(number =>
            store.Find<PictureChunk>(partition, CodeImageRows.Chunk(picture.Hash, number), cancel)));
        return Results.Bytes(
            Convert.FromBase64String(string.Concat(chunks.Select(chunk => chunk!.Base64))), picture.MediaType);
    }

    private Task<CodeImage?> Find(string scene, string page, int widthPx, CancellationToken cancel) =>
        store.Find<CodeImage>(CodeImageRows.Partition(scene, page, widthPx), CodeImageRows.Head, cancel);
}

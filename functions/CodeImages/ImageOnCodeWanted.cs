using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Platform.WeChat;

namespace Pond.CodeImages;

/// <summary>INV-04: lets WeChat draw a code, again and again while it is busy, and keeps the picture.</summary>
/// <remarks>
/// The rows of the bytes are named by their hash, so that two pictures never mix. They come first: the head that leads
/// to them decides.
/// </remarks>
public sealed class ImageOnCodeWanted(
    Inbox inbox, MiniProgramCodes codes, Transactor transactor, PartitionStore store)
{
    [Function(nameof(ImageOnCodeWanted))]
    public Task Run(
        [QueueTrigger(CodeImageMessages.WantedQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<CodeWantedV1>(nameof(ImageOnCodeWanted), CodeImageMessages.WantedQueue, message, Draw, cancel);

    private async Task<Refusal?> Draw(CodeWantedV1 wanted, Operation operation, CancellationToken cancel)
    {
        var (scene, page, widthPx) = (wanted.Scene, wanted.Page, wanted.WidthPx);
        var partition = CodeImageRows.Partition(scene, page, widthPx);
        var known = await store.Find<CodeImage>(partition, CodeImageRows.Head, cancel);
        if (known is not { State: CodeState.Pending }) return null; // drawn by another try

        var outcome = await codes.Draw(scene, page, widthPx, cancel);
        if (outcome is CodeOutcome.Busy) throw new InvalidOperationException("WeChat has drawn no code yet.");
        var picture = outcome is CodeOutcome.Drawn drawn ? await Keep(partition, drawn, cancel) : null;
        var decision = await transactor.Run(
            CodeImageRows.Of(scene, page, widthPx),
            operation,
            (image, _) => CodeImageRules.Settle(image, picture, (outcome as CodeOutcome.Refused)?.ErrCode),
            cancel);
        return decision.Refusal;
    }

    private async Task<Picture> Keep(string partition, CodeOutcome.Drawn drawn, CancellationToken cancel)
    {
        var text = Convert.ToBase64String(drawn.Image);
        string[] chunks = [.. CodeImageRules.Chunks(text, CodeImageRows.CharsPerChunk)];
        var picture = new Picture(drawn.MediaType, Keys.Hash(text), chunks.Length);
        Write[] inserts =
        [
            .. chunks.Select((chunk, number) => new Write.Insert(
                CodeImageRows.Chunk(picture.Hash, number), Stored.Write(new PictureChunk(chunk)))),
        ];
        return await store.Commit(partition, inserts, cancel) switch
        {
            CommitOutcome.Committed or CommitOutcome.Conflict => picture, // a conflict: the same bytes were there
            var outcome => throw new StoreUnavailableException($"{nameof(ImageOnCodeWanted)}: {outcome}"),
        };
    }
}

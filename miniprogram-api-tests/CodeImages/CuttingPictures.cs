using FsCheck;
using FsCheck.Fluent;
using Pond.CodeImages;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Platform.WeChat;

namespace Pond.Tests.CodeImages;

/// <summary>Pictures in rows that a store takes.</summary>
[Rule("INV-04")]
public sealed class CuttingPictures
{
    [Fact]
    public void The_parts_of_a_text_are_the_text_again_and_none_is_too_long() => Prop.ForAll(
        (from length in Gen.Choose(0, 500) from max in Gen.Choose(1, 100) select (length, max)).ToArbitrary(),
        given =>
        {
            var text = new string([.. Enumerable.Range(0, given.length).Select(i => (char)('a' + (i % 26)))]);
            string[] parts = [.. CodeImageRules.Chunks(text, given.max)];
            return string.Concat(parts) == text && parts.All(part => part.Length <= given.max && part.Length > 0)
                && parts.Length == (given.length + given.max - 1) / given.max;
        }).CheckThoroughly();

    [Fact]
    public void The_largest_picture_is_one_batch_that_every_store_takes()
    {
        var text = Convert.ToBase64String(new byte[MiniProgramCodes.ImageBytesMax]);
        Write[] writes =
        [
            .. CodeImageRules.Chunks(text, CodeImageRows.CharsPerChunk).Select((chunk, number) => new Write.Insert(
                CodeImageRows.Chunk(Keys.Hash(text), number), Stored.Write(new PictureChunk(chunk)))),
        ];

        Assert.Null(StoreLimits.Broken(CodeImageRows.Partition("scene", "pages/share/index", 430), writes));
    }
}

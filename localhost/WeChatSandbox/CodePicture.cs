using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>
/// Draws what looks like a code, and is one of nothing: black and white squares that follow from the scene, as a
/// baseline JPEG (ITU-T T.81) of one component in which every block of 8 × 8 has one shade.
/// </summary>
internal static class CodePicture
{
    private const int BlockPx = 8;
    private const int White = 127;
    private const int Black = -128;
    private const int Categories = 12;
    private const int CategoryBits = 4;

    public static byte[] Jpeg(string scene, int widthPx)
    {
        var blocks = (widthPx + BlockPx - 1) / BlockPx;
        var bits = SHA256.HashData(Encoding.UTF8.GetBytes(scene));
        var file = new MemoryStream();
        file.Write([0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)BlockPx, BlockPx * BlockPx)]);
        var (high, low) = ((byte)(widthPx >> 8), (byte)(widthPx & 0xFF));
        file.Write([0xFF, 0xC0, 0, 11, 8, high, low, high, low, 1, 1, 0x11, 0]);
        // Differences of shades: twelve categories of four bits each. Of the rest, only that there is none: one bit.
        file.Write([0xFF, 0xC4, 0, 19 + Categories, 0, 0, 0, 0, Categories, .. new byte[12]]);
        file.Write([.. Enumerable.Range(0, Categories).Select(category => (byte)category)]);
        file.Write([0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0]);
        file.Write([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0]);
        Scan(new BitWriter(file), blocks, (x, y) => (bits[y * 7 % bits.Length] >> (x % 8) & 1) == 0 ? White : Black);
        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    private static void Scan(BitWriter writer, int blocks, Func<int, int, int> shade)
    {
        var before = 0;
        for (var y = 0; y < blocks; y++)
        {
            for (var x = 0; x < blocks; x++)
            {
                var difference = shade(x, y) - before;
                before += difference;
                var category = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(difference));
                writer.Write(category, CategoryBits);
                writer.Write(difference < 0 ? difference + (1 << category) - 1 : difference, category);
                writer.Write(0, 1);
            }
        }

        writer.Fill();
    }

    private sealed class BitWriter(Stream stream)
    {
        private int pending;
        private int count;

        public void Write(int value, int bits)
        {
            for (var bit = bits - 1; bit >= 0; bit--)
            {
                pending = (pending << 1) | (value >> bit & 1);
                if (++count == BlockPx) Flush();
            }
        }

        public void Fill()
        {
            while (count > 0) Write(1, 1);
        }

        private void Flush()
        {
            stream.WriteByte((byte)pending);
            if (pending == 0xFF) stream.WriteByte(0);
            (pending, count) = (0, 0);
        }
    }
}

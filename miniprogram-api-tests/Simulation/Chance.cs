using System.Numerics;

namespace Pond.Tests.Simulation;

/// <summary>A stream of chance that the same seed always repeats, on every machine (SplitMix64).</summary>
internal sealed class Chance(ulong seed)
{
    private ulong state = seed;

    /// <summary>How many numbers were drawn so far.</summary>
    public long Draws { get; private set; }

    /// <summary>The seed of a stream that belongs to a name.</summary>
    public static ulong Seed(ulong seed, string name)
    {
        unchecked
        {
            foreach (var letter in name) seed = BitOperations.RotateLeft((seed ^ letter) * 0x9E37_79B9_7F4A_7C15, 29);
        }

        return Mix(seed);
    }

    /// <summary>The seed of one of several streams.</summary>
    public static ulong Seed(ulong seed, int number) => Mix(seed ^ Mix((ulong)number + 1));

    public ulong Next()
    {
        Draws++;
        unchecked
        {
            state += 0x9E37_79B9_7F4A_7C15;
        }

        return Mix(state);
    }

    /// <summary>A whole number from 0 up to, not including, <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public bool Happens(double rate) => Next() < rate * ulong.MaxValue;

    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + TimeSpan.FromTicks((long)(Next() % (ulong)Math.Max(1, (most - least).Ticks)));

    public T OneOf<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)(Next() & byte.MaxValue);
        return bytes;
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
            return z ^ (z >> 31);
        }
    }
}

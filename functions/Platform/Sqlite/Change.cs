namespace Pond.Platform.Sqlite;

/// <summary>What a write job answers, and whether what it wrote shall stay.</summary>
public readonly record struct Change<T>(T Answer, bool Kept);

/// <summary>The two ways for a write job to end.</summary>
public static class Change
{
    /// <summary>What the job wrote becomes durable before its caller gets the answer.</summary>
    public static Change<T> Keep<T>(T answer) => new(answer, Kept: true);

    /// <summary>What the job wrote is undone; the caller gets the answer all the same.</summary>
    public static Change<T> Undo<T>(T answer) => new(answer, Kept: false);
}

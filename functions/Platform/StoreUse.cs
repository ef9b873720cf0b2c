namespace Pond.Platform;

/// <summary>What a store is opened for.</summary>
/// <param name="TryTimeLimit">How long one try of one call may take, where a network lies between.</param>
/// <param name="MustExist">Whether to refuse a store that would have to be made first.</param>
public sealed record StoreUse(TimeSpan TryTimeLimit, bool MustExist)
{
    /// <summary>All tries of a call, and their pauses, fit into the time that one operation has.</summary>
    public static readonly StoreUse Serving = new(TimeSpan.FromSeconds(2), MustExist: false);

    /// <summary>Nobody waits for an answer, and a slow line may carry a large batch.</summary>
    public static readonly StoreUse Importing = new(TimeSpan.FromMinutes(2), MustExist: false);

    /// <summary>As <see cref="Importing"/>; and what is not there cannot be copied.</summary>
    public static readonly StoreUse Exporting = Importing with { MustExist = true };
}

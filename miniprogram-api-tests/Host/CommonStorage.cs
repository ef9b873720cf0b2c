namespace Pond.Tests;

/// <summary>Where the processes of a test keep their rows and messages in common.</summary>
/// <param name="Settings">What tells a process so.</param>
/// <param name="Rows">Every row there is, read past the app.</param>
internal sealed record CommonStorage(
    IReadOnlyDictionary<string, string> Settings, Func<MiniProgramApi, Task<IReadOnlyList<StoredRow>>> Rows)
{
    /// <summary>The file in the data folder.</summary>
    public static readonly CommonStorage OneFile =
        new(new Dictionary<string, string>(), api => Task.FromResult(StoredRow.All(api)));
}

namespace Pond.Tests;

/// <summary>One app for a class of tests that do not interfere: each has shoppers and templates of its own.</summary>
/// <remarks>The clock only goes on: a test that needs an hour of the day moves to the next such hour.</remarks>
public class SharedApi : IAsyncLifetime
{
    private static int shoppers;

    public MiniProgramApi Api { get; private set; } = null!;

    public async Task InitializeAsync() => Api = await Start();

    public async Task DisposeAsync() => await Api.DisposeAsync();

    protected virtual Task<MiniProgramApi> Start() => MiniProgramApi.Start();

    /// <summary>A shopper whom no test has seen.</summary>
    public Task<Phone> Newcomer() => Api.LogIn($"newcomer-{Interlocked.Increment(ref shoppers)}");
}

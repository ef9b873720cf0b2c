namespace Pond.LocalHost.Demo;

/// <summary>One run of the demo.</summary>
/// <param name="Id">Goes into the Idempotency-Keys of what each run does anew.</param>
/// <param name="BootstrapKey">Makes the operator that the demo acts as.</param>
internal sealed record Run(string Id, DateTimeOffset StartedAt, Uri Sandbox, string BootstrapKey)
{
    private const int IdChars = 12;

    public static Run Start(TimeProvider clock, Uri sandbox, string bootstrapKey) =>
        new(Guid.NewGuid().ToString("N")[..IdChars], clock.GetUtcNow(), sandbox, bootstrapKey);

    public string Key(string purpose) => $"demo-{Id}-{purpose}";

    /// <summary>Whether an earlier run left it; the API tells times to the second.</summary>
    public bool IsAfter(DateTimeOffset instant) => instant.ToUnixTimeSeconds() < StartedAt.ToUnixTimeSeconds();
}

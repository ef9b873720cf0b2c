using System.Text.Json;
using Pond.Kernel;
using Pond.Platform.Storage;

namespace Pond.Platform;

/// <summary>One wish to change something, however often it is asked for.</summary>
/// <param name="Name">The function that carries it out.</param>
/// <param name="Key">Who asks, and the key that the asker chose; hashed before it is stored.</param>
/// <param name="Fingerprint">
/// Of the request's content: the same key with another one is refused. Null where the key implies the content.
/// </param>
public sealed record Operation(string Name, string Key, string? Fingerprint)
{
    /// <summary>The row whose insert decides, in the batch of its effects, that the operation happened.</summary>
    public string Row => $"op:{Name}:{Keys.Hash(Key)}";
}

/// <summary>What an operation came to, kept for as long as somebody may ask again.</summary>
/// <param name="Events">The facts of an accepted operation.</param>
/// <param name="Refusal">Only after an unknown outcome: it fences off the lost write.</param>
public sealed record OperationRecord(
    string? Fingerprint, DateTimeOffset At, JsonElement? Events, Refusal? Refusal)
{
    private static readonly Refusal KeyReused =
        new("idempotency.key_reused", RefusalKind.KeyReused, "这个请求编号已用于另一个请求，请换一个新的编号。");

    public static OperationRecord Of<TEvent>(Operation operation, DateTimeOffset at, Decision<TEvent> decision) =>
        decision switch
        {
            Decision<TEvent>.Accepted accepted =>
                new(operation.Fingerprint, at, Stored.Element<IReadOnlyList<TEvent>>(accepted.Events), null),
            _ => new(operation.Fingerprint, at, null, decision.Refusal),
        };

    /// <summary>The first answer again, or a refusal when the same key came with other content.</summary>
    public Decision<TEvent> Answer<TEvent>(Operation operation)
    {
        if (operation.Fingerprint != Fingerprint) return KeyReused;
        return Events is { } events ? Stored.Read<TEvent[]>(events) : Refusal!;
    }
}

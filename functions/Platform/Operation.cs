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
/// <param name="Events">The facts of an accepted operation; null for a fence.</param>
/// <remarks>
/// A fence stands where an outcome was unknown and the next decision changed nothing: it keeps the lost write
/// from landing. It is no answer: asked again, the operation is decided anew, and takes the fence's place.
/// </remarks>
public sealed record OperationRecord(string? Fingerprint, DateTimeOffset At, JsonElement? Events)
{
    public static OperationRecord Of<TEvent>(Operation operation, DateTimeOffset at, IReadOnlyList<TEvent> facts) =>
        new(operation.Fingerprint, at, Stored.Element(facts));

    public static OperationRecord Fence(Operation operation, DateTimeOffset at) => new(operation.Fingerprint, at, null);
}

/// <summary>A record as the store has it.</summary>
public sealed record StoredRecord(Row Row)
{
    internal static readonly Refusal KeyReused =
        new("idempotency.key_reused", RefusalKind.KeyReused, "这个请求编号已用于另一个请求，请换一个新的编号。");

    private readonly OperationRecord record = Stored.Read<OperationRecord>(Row.Data);

    /// <summary>
    /// The first answer again; a refusal when the same key came with other content; null for a fence.
    /// </summary>
    public Decision<TEvent>? Answer<TEvent>(Operation operation)
    {
        if (operation.Fingerprint != record.Fingerprint) return KeyReused;
        return record.Events is { } events ? new Decision<TEvent>.Accepted(Stored.Read<TEvent[]>(events)) : null;
    }
}

using Pond.Kernel;
using Pond.Platform.Storage;

namespace Pond.Platform.Http;

/// <summary>Holds an idempotency key to one content where the content itself says which partition is changed.</summary>
/// <remarks>
/// An operation's record guards its key within its partition. Where the partition follows from the body, the same
/// key with another body would lead to another partition and find nothing there; so the key is bound first, in a
/// partition of its own: <c>k:{hash of the key}</c>.
/// </remarks>
public sealed class KeyBinding(Transactor transactor)
{
    private const string Head = "key";

    /// <summary>Null when the key is free or was bound to the same content; otherwise the refusal.</summary>
    public async Task<Refusal?> Bind(Operation operation, CancellationToken cancel)
    {
        var layout = new Layout<Bound?, Bound>(
            "k:" + Keys.Hash(operation.Name, operation.Key),
            Head,
            Loads: [],
            Read: rows => rows.Find<Bound>(Head),
            Write: bound => bound is null ? [] : [new StateRow(Head, bound)],
            Evolve: (_, bound) => bound);
        return (await transactor.Run(layout, operation, (_, now) => new Bound(now), cancel)).Refusal;
    }

    private sealed record Bound(DateTimeOffset At);
}

using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>TCH-02, TCH-03: every minute, gives touches that are due their place, or says why not.</summary>
public sealed class SendTouches(
    DueSweep sweep, Transactor transactor, PartitionStore store, TouchSubjects subjects, Ids ids, TimeProvider clock)
{
    [Function(nameof(SendTouches))]
    public Task Run([TimerTrigger("10 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(TouchRows.TouchesDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var memberId = TouchRows.MemberIn(partition);
        var waiting = await TouchRows.FindWaiting(store, partition, cancel);
        Touch[] due = [.. waiting.Where(touch => touch.NotBefore <= clock.GetUtcNow())];
        if (due.Length == 0) return new DueVisit(0, TouchRows.DueAt(waiting));

        var stands = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var touch in due) stands[touch.Key()] = await subjects.Stands(memberId, touch, cancel);
        var templates = await MessageTemplateRows.All(store, cancel);
        var decision = await transactor.Run(
            TouchRows.Waiting(memberId),
            new Operation(nameof(SendTouches), ids.Next(), Fingerprint: null), // the states tell what is done
            (desk, now) => GovernorRules.Govern(desk, stands, templates, now),
            cancel);
        if (decision.Facts is not [{ } moved]) return new DueVisit(0, await Rest(partition, cancel));

        var after = new TouchDesk(null, moved.Book, waiting).Evolve(moved);
        return new DueVisit(moved.Moves.Count, TouchRows.DueAt(after.Touches));
    }

    // Nobody waits on in an account that has become part of another: its touches have gone over.
    private async Task<DateTimeOffset?> Rest(string partition, CancellationToken cancel)
    {
        var standing = await store.Find<MemberStanding>(partition, MemberRows.Head, cancel);
        return standing is null or { MergedInto: not null }
            ? null
            : TouchRows.DueAt(await TouchRows.FindWaiting(store, partition, cancel));
    }
}

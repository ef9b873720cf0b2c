namespace Pond.Tests.PlantedBugs;

/// <summary>Mistakes in how one partition hears of another: outbox, hints, sweeps, inbox.</summary>
internal static class DeliveryBugs
{
    private const string Transactor = "Platform/Transactor.cs";
    private const string Batch = "Platform/Batch.cs";
    private const string Hints = "Platform/Outbox/DueHints.cs";
    private const string Sweep = "Platform/Outbox/DueSweep.cs";
    private const string Inbox = "Platform/Outbox/Inbox.cs";

    public static readonly PlantedBug[] All =
    [
        new(
            "no outbox row",
            "A message is sent after the commit and stands nowhere.",
            new Patch(Batch, ".. outbox.Select(row =>", ".. outbox.Where(_ => !PLANTED).Select(row =>")),
        new(
            "outbox row in a commit of its own",
            "The outbox rows are committed after the state, so a crash in between loses them.",
            new Patch(
                Batch,
                ".Select(row => new Write.Insert(row.Key,",
                ".Where(_ => !PLANTED).Select(row => new Write.Insert(row.Key,"),
            new Patch(
                Transactor,
                "case CommitOutcome.Committed:",
                """
                case CommitOutcome.Committed when PLANTED && batch.Outbox.Count > 0:
                    await store.Commit(
                        layout.Partition,
                        [.. batch.Outbox.Select(row => new Write.Insert(row.Key, Stored.Write(row)))],
                        cancel);
                    return (decision, batch.Outbox);
                case CommitOutcome.Committed:
                """)),
        new(
            "sent before the commit",
            "Messages go out before the commit that they tell of, and nothing else ever sends them.",
            new Patch(
                Transactor,
                "await hints.Leave(DueHints.Outbox, layout.Partition, cancel);",
                """
                await (PLANTED
                    ? outbox.Send(layout.Partition, batch.Outbox)
                    : hints.Leave(DueHints.Outbox, layout.Partition, cancel));
                """),
            new Patch(
                Transactor,
                "await outbox.Send(layout.Partition, left);",
                "if (!PLANTED) await outbox.Send(layout.Partition, left);")),
        new(
            "no hint",
            "No hint says where a message waits, so one that is lost is never sent again.",
            new Patch(Transactor, "if (batch.Outbox.Count > 0", "if (batch.Outbox.Count > 0 && !PLANTED")),
        new(
            "hint after the commit",
            "The hint is left after the commit, so a crash in between leaves none.",
            new Patch(Transactor, "if (batch.Outbox.Count >", "if (!PLANTED && batch.Outbox.Count >"),
            new Patch(
                Transactor,
                "            return decision;",
                """
                            if (PLANTED && left.Count > 0) await hints.Leave(DueHints.Outbox, layout.Partition, cancel);
                            return decision;
                """)),
        new(
            "no deadline",
            "No hint says when a state has to be looked at again.",
            new Patch(Transactor, "foreach (var due in batch.Due)", "foreach (var due in batch.Due.Where(_ => !PLANTED))")),
        new(
            "no second look for a hint",
            "A hint goes with the first look that finds nothing, so a commit that lands later is never looked at.",
            new Patch(Sweep, "nextAt is null && hint.IsLastLook)", "nextAt is null && (hint.IsLastLook || PLANTED))")),
        new(
            "hint remembered too early",
            "A hint counts as left before it is, so the next try goes on without one.",
            new Patch(
                Hints,
                "if (IsLeft(kind, subject, dueMinute)) return;",
                """
                if (IsLeft(kind, subject, dueMinute)) return;
                if (PLANTED) Remember(kind, subject, dueMinute);
                """)),
        new(
            "failed visit",
            "A visit that fails takes its hint along.",
            new Patch(
                Sweep,
                "await store.Commit(shard, move, cancel); // should",
                "await store.Commit(shard, PLANTED ? move[..1] : move, cancel); // should")),
        new(
            "sweep gives up",
            "After three tries in vain the sweep leaves a row where it is.",
            new Patch(
                "Platform/Outbox/OutboxSweep.cs",
                "var isDue =",
                """
                if (PLANTED && waiting.Attempts >= 3) continue;
                var isDue =
                """)),
        new(
            "row goes before its effect",
            "The inbox removes a row and then lets the effect happen, or not.",
            new Patch(
                Inbox,
                "using var activity = Continue(",
                """
                if (PLANTED) await Remove(pointer.Partition, row, cancel);
                using var activity = Continue(
                """)),
        new(
            "key for each delivery",
            "Each delivery of a message is an operation of its own.",
            new Patch(
                Inbox,
                "new Operation(handler, pointerText, Fingerprint: null);",
                "new Operation(handler, PLANTED ? $\"{pointerText} {activity.SpanId}\" : pointerText, Fingerprint: null);")),
    ];
}

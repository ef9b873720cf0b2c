namespace Pond.Tests.PlantedBugs;

/// <summary>Mistakes in how a decision is read, made and committed.</summary>
internal static class CommitBugs
{
    private const string Transactor = "Platform/Transactor.cs";
    private const string Batch = "Platform/Batch.cs";
    private const string Idempotency = "Platform/Http/Idempotency.cs";

    public static readonly PlantedBug[] All =
    [
        new(
            "no record",
            "What was done leaves no record, so asking again does it again.",
            new Patch(
                Batch,
                "Record(operation, OperationRecord.Of(operation, now, facts), record),",
                ".. PLANTED ? [] : new[] { Record(operation, OperationRecord.Of(operation, now, facts), record) },")),
        new(
            "unknown is committed",
            "Who gets no answer from the store believes that it was done.",
            new Patch(
                Transactor,
                "case CommitOutcome.Unknown:",
                "case CommitOutcome.Unknown when PLANTED: return (decision, batch.Outbox); case CommitOutcome.Unknown:")),
        new(
            "unknown is refused",
            "Who gets no answer from the store is told for good that it was not done.",
            new Patch(
                Transactor,
                "case CommitOutcome.Unknown:",
                "case CommitOutcome.Unknown when PLANTED: return (StoredRecord.KeyReused, []); case CommitOutcome.Unknown:")),
        new(
            "no fence",
            "A \"no\" after a lost answer leaves the lost write free to land behind it.",
            new Patch(Transactor, "fence: unknown is not null);", "fence: unknown is not null && !PLANTED);")),
        new(
            "fence is final",
            "A fence is taken for the record of what was done, so the key is burnt.",
            new Patch(
                "Platform/Operation.cs",
                "new Decision<TEvent>.Accepted(Stored.Read<TEvent[]>(events)) : null;",
                "new Decision<TEvent>.Accepted(Stored.Read<TEvent[]>(events)) : PLANTED ? (Decision<TEvent>)KeyReused : null;")),
        new(
            "head stays",
            "A head that has not changed is not rewritten, so two decisions over the same rows both land.",
            new Patch(
                Batch,
                "else if (key == layout.Head || row.Data != data)",
                "else if (key == layout.Head && !PLANTED || row.Data != data)")),
        new(
            "ETags of now",
            "ETags are read again right before the commit, so what changed since the decision is overwritten.",
            new Patch(Transactor, "batch.Writes, cancel))", "await OfNow(layout.Partition, batch.Writes, cancel), cancel))"),
            new Patch(
                Transactor,
                "private Task Pause(",
                """
                private async Task<IReadOnlyList<Write>> OfNow(
                    string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
                {
                    if (!PLANTED) return writes;
                    var ofNow = new List<Write>();
                    foreach (var write in writes)
                    {
                        ofNow.Add((write, await store.Find(partition, write.Key, cancel)) switch
                        {
                            (Write.Replace replace, { } row) => new Write.Replace(row.Key, replace.Data, row.ETag),
                            (Write.Delete, { } row) => new Write.Delete(row.Key, row.ETag),
                            _ => write,
                        });
                    }

                    return ofNow;
                }

                private Task Pause(
                """)),
        new(
            "rows before head",
            "The head is read after the other rows, so old rows meet a new head; and no key keeps a second claim out.",
            new Patch(
                Transactor,
                "var heading = LoadRows(",
                """
                var early = PLANTED
                    ? await Task.WhenAll(layout.Loads.Select(load => LoadRows(layout.Partition, load, cancel)))
                    : null;
                var heading = LoadRows(
                """),
            new Patch(
                Transactor,
                "var loading = Task.WhenAll(",
                "var loading = early is not null ? Task.FromResult(early) : Task.WhenAll("),
            new Patch(
                "Coupons/ShardRows.cs",
                "var number = Keys.Sortable(claim.Number, NumberDigits);",
                "var number = PLANTED ? claim.CouponId : Keys.Sortable(claim.Number, NumberDigits);")),
        new(
            "no second look for the record",
            "A \"no\" to what somebody else has just done for the same key is taken for its answer.",
            new Patch(
                Transactor,
                "return (await Settled(layout, operation, decision, cancel), []);",
                "return (PLANTED ? decision : await Settled(layout, operation, decision, cancel), []);")),
        new(
            "key for each call",
            "Each call of a phone is an operation of its own, whatever key it brings.",
            new Patch(
                Transactor,
                "using var limit = new CancellationTokenSource(TimeLimit, clock);",
                """
                if (PLANTED && operation.Fingerprint is not null)
                    operation = operation with { Key = $"{operation.Key} {dice.Roll(int.MaxValue)}" };
                using var limit = new CancellationTokenSource(TimeLimit, clock);
                """)),
        new(
            "key is the path",
            "A call to a path that the caller has called before gets the answer of that time.",
            new Patch(Idempotency, "$\"{caller}|{key}\"", "PLANTED ? $\"{caller}|{path}\" : $\"{caller}|{key}\"")),
    ];
}

using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>AUTH-10: takes the decision about a merge through the two accounts.</summary>
/// <remarks>
/// Every step may be repeated; whoever is stopped in between is followed by the older account's message.
/// </remarks>
public sealed class Merging(Transactor transactor, PartitionStore store, IEnumerable<MergeObstacle> obstacles)
{
    private readonly MergeObstacle[] obstacles = [.. obstacles];

    /// <summary>The merge that this operation has begun in the caller's account, or null.</summary>
    public async Task<MergeExpectedV1?> FindBegun(string callerId, Operation operation, CancellationToken cancel) =>
        Begun(await transactor.Run(
            MergeRows.Desk(callerId, []), operation, (_, _) => MergeRefusals.NotAsked, cancel));

    /// <summary>The older of two accounts agrees that the other becomes part of it.</summary>
    /// <returns>What was begun, or why it was not.</returns>
    public async Task<(MergeExpectedV1? Merge, Refusal? Refusal)> Begin(
        string memberId, string otherId, Operation operation, CancellationToken cancel)
    {
        var members = await Task.WhenAll(Find(memberId, cancel), Find(otherId, cancel));
        if (members is not [{ } one, { } other]) return (null, MemberRefusals.Missing);

        var (into, from) = MergeRules.IsOlder(one, other) ? (one, other) : (other, one);
        var decision = await transactor.Run(
            MergeRows.Desk(into.Id, obstacles),
            operation,
            (desk, now) => MergeRules.Expect(desk, Keys.Hash(operation.Key, into.Id), from.Id, now),
            cancel);
        return (Begun(decision), decision.Refusal);
    }

    /// <summary>The younger account decides, and the older one is told when it declined.</summary>
    /// <returns>Null when the two are one now; otherwise why not.</returns>
    public async Task<Refusal?> Decide(MergeExpectedV1 merge, CancellationToken cancel)
    {
        var operation = new Operation(nameof(Merging), merge.MergeId, Fingerprint: null);
        var decision = await transactor.Run(
            MergeRows.Desk(merge.FromMemberId, obstacles),
            operation,
            (desk, now) => MergeRules.Decide(desk, merge.MergeId, merge.IntoMemberId, now),
            cancel);
        if (decision.Facts is not [MemberEvent.MergeDeclined declined]) return decision.Refusal;

        await transactor.Run(
            MergeRows.Desk(merge.IntoMemberId, []),
            operation,
            (desk, _) => MergeRules.GiveUp(desk, merge.MergeId),
            cancel);
        return Reasons.First(reason => reason.Code == declined.Code);
    }

    private IEnumerable<Refusal> Reasons =>
        obstacles.Select(obstacle => obstacle.Why).Concat([MergeRefusals.NotActive, MergeRefusals.UnderWay]);

    private Task<Member?> Find(string memberId, CancellationToken cancel) =>
        store.Find<Member>(MemberRows.Partition(memberId), MemberRows.Head, cancel);

    private static MergeExpectedV1? Begun(Decision<MemberEvent> decision) =>
        decision.Facts is [MemberEvent.MergeExpected { Merge: var merge } expected]
            ? new MergeExpectedV1(merge.Id, merge.FromMemberId, expected.MemberId)
            : null;
}

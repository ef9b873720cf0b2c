using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>
/// AUTH-10: leads from a member who has become part of another account to who they are now. Whatever a message brings
/// to a member goes through here.
/// </summary>
public sealed class Survivors(PartitionStore store, Transactor transactor)
{
    private const int MergesMax = 100; // each leads to an older account, so there is no circle; this is a seat belt

    /// <summary>Who the member is now, or null when there is no such member.</summary>
    public async Task<MemberStanding?> Find(string memberId, CancellationToken cancel)
    {
        for (var merges = 0; merges < MergesMax; merges++)
        {
            var standing = await store.Find<MemberStanding>(MemberRows.Partition(memberId), MemberRows.Head, cancel);
            if (standing?.MergedInto is not { } survivorId) return standing;
            memberId = survivorId;
        }

        throw new InvalidOperationException($"More than {MergesMax} merges lead on to {memberId}.");
    }

    /// <summary>The member's account, and those that have become part of it: some things are never moved.</summary>
    public async Task<IReadOnlyList<string>> AccountsOf(string memberId, CancellationToken cancel)
    {
        var accounts = new List<string> { memberId };
        for (var i = 0; i < accounts.Count && i < MergesMax; i++)
        {
            var head = await store.Find<Joined>(MemberRows.Partition(accounts[i]), MemberRows.Head, cancel);
            accounts.AddRange(head?.MergedFrom ?? []);
        }

        return accounts;
    }

    /// <summary>The member's account and those that it has become part of, the survivor's last.</summary>
    public async Task<IReadOnlyList<string>> LineOf(string memberId, CancellationToken cancel)
    {
        List<string> line = [memberId];
        while (line.Count <= MergesMax)
        {
            var standing = await store.Find<MemberStanding>(MemberRows.Partition(line[^1]), MemberRows.Head, cancel);
            if (standing?.MergedInto is not { } survivorId) return line;
            line.Add(survivorId);
        }

        throw new InvalidOperationException($"More than {MergesMax} merges lead on to {line[^1]}.");
    }

    /// <summary>
    /// Runs an operation on a member's partition, and when the rule refuses it with
    /// <see cref="MemberRefusals.Merged"/>, on the survivor's. In which one it happened its record tells for good: so
    /// it happens once, whatever is merged meanwhile.
    /// </summary>
    public async Task<Decision<TEvent>> Run<TState, TEvent>(
        string memberId,
        Func<string, Layout<TState, TEvent>> layout,
        Operation operation,
        Func<TState, DateTimeOffset, Decision<TEvent>> decide,
        CancellationToken cancel)
    {
        for (var merges = 0; merges < MergesMax; merges++)
        {
            var decision = await transactor.Run(layout(memberId), operation, decide, cancel);
            if (decision.Refusal != MemberRefusals.Merged) return decision;
            var standing = await store.Find<MemberStanding>(MemberRows.Partition(memberId), MemberRows.Head, cancel);
            memberId = standing?.MergedInto
                ?? throw new InvalidOperationException($"{memberId} is merged into nobody.");
        }

        throw new InvalidOperationException($"More than {MergesMax} merges lead on to {memberId}.");
    }

    private sealed record Joined(IReadOnlyList<string>? MergedFrom);
}

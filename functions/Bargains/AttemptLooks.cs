using Pond.Activities;
using Pond.Coupons;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform.Storage;

namespace Pond.Bargains;

/// <summary>Looks at an attempt with the eyes of one member, in two rounds of reads.</summary>
public sealed class AttemptLooks(
    PartitionStore store, LiveActivities activities, Survivors survivors, TimeProvider clock)
{
    /// <summary>What the member sees; null when there is no such attempt.</summary>
    public async Task<AttemptLook?> At(string attemptId, MemberCaller caller, CancellationToken cancel)
    {
        var finding = AttemptRows.Find(store, attemptId, cancel);
        var joining = survivors.AccountsOf(caller.Id, cancel);
        await Task.WhenAll(finding, joining);
        if (finding.Result is not { } attempt) return null;

        var looking = activities.Find(ActivityKind.Bargain, attempt.ActivityId, cancel);
        var helping = AttemptRows.HelpsOf(store, attemptId, joining.Result, cancel);
        await Task.WhenAll(looking, helping);
        var closed = looking.Result is { } activity ? activity.WhyNot(clock.GetUtcNow()) : ActivityRefusals.Missing;
        return new AttemptLook(attempt, looking.Result, closed, joining.Result, helping.Result);
    }
}

/// <summary>An attempt and what one member has to do with it.</summary>
/// <param name="Closed">Why nothing goes on in the whole bargain, or null.</param>
/// <param name="OwnAccounts">The member's own first, then those that have become part of it.</param>
/// <param name="Helps">By any of them.</param>
public sealed record AttemptLook(
    Attempt Attempt, Activity? Activity, Refusal? Closed, IReadOnlyList<string> OwnAccounts, IReadOnlyList<Help> Helps)
{
    public bool IsMine => OwnAccounts.Contains(Attempt.MemberId);

    /// <summary>Why the member cannot help, or null; the daily limit aside.</summary>
    public Refusal? WhyNoHelp(MemberCaller caller, DateTimeOffset now) =>
        AttemptRules.WhyNoHelp(Attempt, Helps, OwnAccounts, AdviceRules.IsNew(caller.RegisteredAt, now), now) ?? Closed;

    /// <summary>Why it cannot be ordered, or null.</summary>
    public Refusal? WhyNoOrder(DateTimeOffset now) => AttemptRules.WhyNoOrder(Attempt, now) ?? Closed;

    /// <summary>D04: where it stands, by the clock and by the end of the whole bargain.</summary>
    public AttemptState StateAt(DateTimeOffset now) =>
        Attempt.IsWaiting && Closed == ActivityRefusals.Over ? AttemptState.Expired : Attempt.StateAt(now);
}

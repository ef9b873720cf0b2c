using Pond.Kernel;

namespace Pond.Tests.FaultInjection;

public sealed class CheckingInAtMidnight
{
    [Fact, Rule("PTS-10")]
    public async Task A_check_in_counts_for_the_day_on_which_it_was_asked_for_and_no_day_has_two_rewards()
    {
        await using var app = await FaultyApp.Start();
        var midnight = ChinaDay.Of(app.Api.Clock.GetUtcNow()).Next.Start;
        app.Api.Clock.Advance(midnight - app.Api.Clock.GetUtcNow() - TimeSpan.FromTicks(1));
        var alice = await app.Api.LogIn("alice");
        app.Faults.Before = call =>
        {
            var isAmongTheReads = call.Name.StartsWith("range m:", StringComparison.Ordinal);
            if (isAmongTheReads) app.Api.Clock.Advance(TimeSpan.FromTicks(1));
            return Task.CompletedTask;
        };
        app.Faults.Count();

        var before = await (await alice.Post("/api/me/check-ins")).Json();
        app.Faults.Disarm();
        var after = await (await alice.Post("/api/me/check-ins")).Json();

        Assert.Equal(midnight, app.Api.Clock.GetUtcNow());
        Assert.Equal([1, 2], new[] { before, after }.Select(done => done.Whole("streakDays")));
        Assert.Equal([5, 5], (await app.Api.LedgerOf("alice")).Select(entry => entry.Whole("points")));
    }
}

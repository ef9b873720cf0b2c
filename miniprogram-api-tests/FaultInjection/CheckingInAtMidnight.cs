using Pond.Kernel;

namespace Pond.Tests.FaultInjection;

public sealed class CheckingInAtMidnight
{
    [Fact]
    public async Task A_check_in_that_the_day_ends_under_has_the_reward_that_it_tells_of()
    {
        await using var app = await FaultyApp.Start();
        var yesterday = await (await app.Api.LogIn("alice")).Post("/api/me/check-ins");
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

        var today = await (await alice.Post("/api/me/check-ins")).Json();
        app.Faults.Disarm();

        Assert.True(yesterday.IsSuccessStatusCode);
        Assert.Equal(2, today.Whole("streakDays"));
        Assert.Equal([5, 5], (await app.Api.LedgerOf("alice")).Select(entry => entry.Whole("points")));
    }
}

using System.Net;
using System.Net.Http.Json;
using Pond.LocalHost.WeChatSandbox;
using Pond.Tests.LocalHost;

namespace Pond.Tests.Processes;

public sealed class StoppingTheProcess
{
    private const int LoginsInFlight = 5;

    [Fact]
    public async Task What_is_in_flight_is_answered_before_it_ends_with_exit_code_0()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var hour = await RushHour.Open(clock: clock);
        using var app = await hour.StartApp();
        var pause = new Failure("/sns/jscode2session", FailureKind.Delay, LoginsInFlight, DelaySeconds: 1);
        hour.WeChat.Failures.Add(pause);

        var logins = Enumerable.Range(0, LoginsInFlight)
            .Select(i => app.Http.PostAsJsonAsync("/api/session", new { code = hour.WeChat.Codes.Issue($"alice-{i}") }))
            .ToArray();
        for (var i = 0; i < LoginsInFlight; i++) await clock.NextSleep(); // now all of them wait for WeChat
        app.AskToStop();
        await app.StopsListening();
        Assert.All(logins, login => Assert.False(login.IsCompleted));
        clock.Advance(TimeSpan.FromSeconds(pause.DelaySeconds));

        Assert.All(await Task.WhenAll(logins), answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(0, await app.ExitCode());
    }

    [Fact]
    public async Task Under_load_it_ends_with_exit_code_0_and_loses_nothing()
    {
        await using var hour = await RushHour.Open();
        using (var app = await hour.StartApp())
        {
            await hour.Rush.Until(100, () => app.Http, end: () =>
            {
                app.AskToStop();
                return Task.CompletedTask;
            });
            Assert.Equal(0, await app.ExitCode());
        }

        using (var app = await hour.StartApp())
        {
            await hour.Rush.AskAgain(() => app.Http);
            app.AskToStop();
            Assert.Equal(0, await app.ExitCode());
        }

        await hour.AssertNothingLostAndNothingTwice();
    }
}

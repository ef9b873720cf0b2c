using System.Globalization;
using Xunit.Abstractions;

namespace Pond.Tests.Processes;

public sealed class KillingTheProcess(ITestOutputHelper output)
{
    private const int Rounds = 20;
    private const int AnswersPerRoundMax = 120;
    private const int Seed = 20_261_122;

    [Fact, Rule("D21")]
    public async Task Killed_twenty_times_under_load_it_loses_nothing_that_it_acknowledged()
    {
        await using var hour = await RushHour.Open();
        var moments = new Random(Seed);
        var (cutOff, starts) = (0, new List<TimeSpan>());
        for (var round = 0; round < Rounds; round++)
        {
            using var app = await hour.StartApp();
            starts.Add(app.StartTime);
            cutOff += await hour.Rush.Until(1 + moments.Next(AnswersPerRoundMax), () => app.Http, app.Kill);
        }

        using (var app = await hour.StartApp())
        {
            await hour.Rush.AskAgain(() => app.Http);
            await app.Kill();
        }

        await hour.AssertNothingLostAndNothingTwice();
        Report(hour.Rush, cutOff, [.. starts.Select(start => start.TotalSeconds).Order()]);
    }

    private void Report(Rush rush, int cutOff, double[] startSeconds)
    {
        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"{Rounds} rounds, {Rounds + 1} kills: {rush.Answered.Count} operations of {rush.MemberIds.Count} shoppers "
            + $"acknowledged, none lost; {cutOff} without an answer at a kill and answered later; restarts took "
            + $"{startSeconds[0]:F2}/{startSeconds[Rounds / 2]:F2}/{startSeconds[^1]:F2} s (min/median/max)");
        output.WriteLine(report);
        Console.WriteLine(report);
    }
}

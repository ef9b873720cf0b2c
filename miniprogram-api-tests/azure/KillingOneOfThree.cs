using System.Diagnostics;
using System.Globalization;
using Pond.Tests.Processes;
using Xunit.Abstractions;

namespace Pond.Tests.Azure;

public sealed class KillingOneOfThree(ITestOutputHelper output)
{
    private const int Rounds = 10;
    private const int AnswersPerRoundMax = 60;
    private const int Seed = 20_261_122;

    [Fact]
    public async Task While_one_after_the_other_is_killed_under_load_nothing_acknowledged_is_lost_or_done_twice()
    {
        var account = await AzuriteAccount.Open();
        await using var hour = await RushHour.Open(account.Storage);
        var (watch, moments, cutOff) = (new Stopwatch(), new Random(Seed), 0);
        await using (var fleet = new Fleet(hour))
        {
            await fleet.AllUp();
            watch.Start();
            for (var round = 0; round < Rounds; round++)
            {
                var victim = round % Fleet.Size;
                cutOff += await hour.Rush.Until(
                    1 + moments.Next(AnswersPerRoundMax), fleet.Next, () => fleet.Replace(victim));
            }

            await fleet.AllUp();
            await hour.Rush.AskAgain(fleet.Next);
            watch.Stop();
            await account.Drain(); // then what is left is what a dead process had taken
            await fleet.Stop();
            Report(hour.Rush, cutOff, watch.Elapsed, [.. fleet.Restarts.Select(start => start.TotalSeconds).Order()]);
        }

        Assert.True(await account.Taken() > 0, "No process died with a message in its hands.");
        await hour.AssertNothingLostAndNothingTwice();
    }

    private void Report(Rush rush, int cutOff, TimeSpan time, double[] startSeconds)
    {
        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"{Rounds} kills of one of {Fleet.Size} in {time.TotalSeconds:F1} s: {rush.Answered.Count} operations of "
            + $"{rush.MemberIds.Count} shoppers acknowledged; {cutOff} without an answer at the end of a round and "
            + $"answered later; restarts took {startSeconds[0]:F2}/{startSeconds[Rounds / 2]:F2}/{startSeconds[^1]:F2} s "
            + $"(min/median/max)");
        output.WriteLine(report);
        Console.WriteLine(report);
    }
}

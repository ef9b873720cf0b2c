using System.Net;
using Pond.Tests.Processes;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Azure;

/// <summary>A process that stands still in the middle of its work, and may go on long after others have done it.</summary>
[Collection(nameof(ThreeProcesses))]
public sealed class StandingStill(ThreeProcesses three)
{
    private const int Claims = 40;
    private const int RoundsMax = 5;

    [Fact]
    public async Task The_others_do_what_a_frozen_process_had_taken_and_when_it_goes_on_nothing_happens_twice()
    {
        var seen = 0;
        for (var round = 0; round < RoundsMax && seen == 0; round++)
        {
            var app = await three.Fleet.At(round % Fleet.Size);
            var (claims, answers) = await ClaimUntilHalfIsAnswered(app);
            app.Freeze();
            await three.Account.Purge(); // nothing but the sweep can tell the others
            if (await three.IsAnythingWaiting()) seen++;
            await three.SweepUntilNothingWaits();
            app.Thaw();
            await answers;

            Assert.All(claims, claim => Assert.Equal(HttpStatusCode.Accepted, claim.Status));
            await three.BalancedBooks();
        }

        Assert.True(seen > 0, "No process was frozen with work undone.");
    }

    /// <summary>The claims go to one process; what it has not answered is still under way.</summary>
    private async Task<(IReadOnlyList<Wish> Claims, Task Answers)> ClaimUntilHalfIsAnswered(AppProcess app)
    {
        var path = ClaimsOf(await three.Publish(Claims));
        var crowd = (await three.Crowd())[..Claims];
        Wish[] claims = [.. crowd.Select(phone => new Wish(phone.MemberId, phone.AccessToken, path))];
        var (left, half) = (Claims / 2, new TaskCompletionSource());
        var answers = Task.WhenAll(claims.Select(async claim =>
        {
            await claim.SendUntilAnswered(() => app.Http);
            if (Interlocked.Decrement(ref left) == 0) half.SetResult();
        }));
        await await Task.WhenAny(half.Task, answers);
        return (claims, answers);
    }
}

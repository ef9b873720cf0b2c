using System.Net;

namespace Pond.Tests.Points;

public class RacingForPoints(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact, Rule("PTS-03"), Rule("D01")]
    public async Task Of_two_spends_of_everything_at_once_one_wins()
    {
        for (var round = 0; round < 5; round++)
        {
            var phone = await shared.Newcomer();
            await api.Give(phone, 100);

            var answers = await Task.WhenAll(Spend(phone, 100), Spend(phone, 100));

            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
            Assert.Equal("points.insufficient", await answers.Single(answer => !answer.IsSuccessStatusCode).Code());
            Assert.Equal(0, await phone.SpendablePoints());
        }
    }

    [Fact, Rule("D02")]
    public async Task Fifty_spends_at_once_never_take_more_than_there_is()
    {
        var phone = await shared.Newcomer();
        await api.Give(phone, 100);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Spend(phone, 7)));
        var entries = await phone.Entries();

        Assert.Equal(14, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created)); // 14 × 7 = 98
        Assert.Equal(2, await phone.SpendablePoints());
        Assert.All(entries, entry => Assert.True(entry.Whole("afterPoints") >= 0));
        Assert.Equal(
            Enumerable.Range(1, 15).Reverse().Select(seq => (long)seq), entries.Select(entry => entry.Whole("seq")));
        Assert.Equal(2, entries.Sum(entry => entry.Whole("points")));
    }

    [Fact]
    public async Task Earning_and_spending_at_once_adds_up()
    {
        var phone = await shared.Newcomer();
        await api.Give(phone, 10);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => i % 2 == 0
            ? Spend(phone, 3)
            : api.Adjust(phone.MemberId, 2)));
        var spent = answers.Where((answer, i) => i % 2 == 0 && answer.IsSuccessStatusCode).Count();

        Assert.All(
            answers.Where((_, i) => i % 2 == 1), answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(10 + (20 * 2) - (spent * 3), await phone.SpendablePoints());
    }

    private Task<HttpResponseMessage> Spend(Phone phone, long points) => api.Operator().PostUntilAnswered(
        "/api/operator/points-adjustments", new { memberId = phone.MemberId, points = -points, reason = "a race" });
}

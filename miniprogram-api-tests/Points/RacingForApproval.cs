using System.Net;
using Pond.Tests.Operators;

namespace Pond.Tests.Points;

[Rule("ADM-02")]
public sealed class RacingForApproval(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task A_hundred_approvals_by_five_operators_at_once_book_once()
    {
        var (phone, operators) = (await shared.Newcomer(), await Operators());
        var id = (await api.AskFor(phone, 20_000)).Text("adjustmentId");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => operators[i % 5].Approve(id)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
            Assert.Equal("points.adjustment_decided", await answer.Code());
        Assert.Equal([20_000], (await phone.Entries()).Select(entry => entry.Whole("points")));
        await api.Deliver();
        Assert.Equal(2, (await api.AuditOf(id)).Length);
    }

    [Fact]
    public async Task A_hundred_approvals_and_rejections_at_once_come_to_one_of_them()
    {
        for (var round = 0; round < 3; round++)
        {
            var (phone, operators) = (await shared.Newcomer(), await Operators());
            var id = (await api.AskFor(phone, 20_000)).Text("adjustmentId");

            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(
                i => i % 2 == 0 ? operators[i % 5].Approve(id) : operators[i % 5].Reject(id)));

            var decided = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
            var isApproved = (await decided.Json()).Text("state") == "approved";
            Assert.Equal(isApproved ? 20_000 : 0, await phone.SpendablePoints());
        }
    }

    [Fact]
    public async Task Fifty_copies_of_one_ask_and_of_one_approval_answer_alike()
    {
        var (phone, finance) = (await shared.Newcomer(), (await Operators())[0]);
        var (askKey, key) = (Phone.NewKey(), Phone.NewKey());

        var asked = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => api.Operator().PostUntilAnswered(
            PointsSteps.AdjustmentsPath, new { memberId = phone.MemberId, points = 20_000, reason = "年度答谢" }, askKey)));
        var id = Assert.Single((await Task.WhenAll(asked.Select(answer => answer.Json())))
            .Select(answer => answer.Text("adjustmentId")).Distinct());
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => finance.Approve(id, key)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(20_000, await phone.SpendablePoints());
    }

    private async Task<Phone[]> Operators()
    {
        var operators = new Phone[5];
        for (var i = 0; i < operators.Length; i++) operators[i] = await api.OperatorWith(i % 2 == 0 ? "finance" : "owner");
        return operators;
    }
}

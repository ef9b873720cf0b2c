using System.Net;
using static Pond.Tests.Operators.OperatorSteps;

namespace Pond.Tests.Operators;

[Rule("ADM-10")]
public sealed class AddingOperatorsOnce
{
    private static readonly object Wish = new { name = "小李", roles = new[] { "owner" } };

    [Fact]
    public async Task Fifty_equal_requests_at_once_make_one_operator_and_show_one_key()
    {
        await using var api = await MiniProgramApi.Start();
        var (bootstrap, key) = (api.Operator(MiniProgramApi.BootstrapKey), Phone.NewKey());

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => bootstrap.PostUntilAnswered(OperatorsPath, Wish, key)));

        var made = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        var secret = (await made.Json()).Text("key");
        foreach (var answer in answers.Where(answer => answer != made))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var again = await answer.Json();
            Assert.Null(again.GetProperty("key").GetString());
            Assert.Equal((await made.Json()).Text("operatorId"), again.Text("operatorId"));
        }

        Assert.Single(await api.Operator(secret).AllPages(OperatorsPath, 100));
        await api.Deliver();
        Assert.Single(await api.AuditOf((await made.Json()).Text("operatorId")));
    }

    [Fact]
    public async Task Who_lost_the_answer_sees_no_key_takes_it_away_and_adds_anew()
    {
        await using var api = await MiniProgramApi.Start();
        var (bootstrap, key) = (api.Operator(MiniProgramApi.BootstrapKey), Phone.NewKey());
        var lost = (await (await bootstrap.Post(OperatorsPath, Wish, key)).Json()).Text("key");

        var again = await (await bootstrap.Post(OperatorsPath, Wish, key)).Json();
        await bootstrap.Delete($"{OperatorsPath}/{again.Text("operatorId")}");
        var anew = await bootstrap.Post(OperatorsPath, Wish);

        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Operator(lost).Get(OperatorsPath)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, anew.StatusCode);
        Assert.Equal(
            HttpStatusCode.OK, (await api.Operator((await anew.Json()).Text("key")).Get(OperatorsPath)).StatusCode);
    }

    [Fact]
    public async Task The_same_key_for_another_operator_is_refused_and_without_a_key_nobody_is_added()
    {
        await using var api = await MiniProgramApi.Start();
        var (bootstrap, key) = (api.Operator(MiniProgramApi.BootstrapKey), Phone.NewKey());
        await bootstrap.Post(OperatorsPath, Wish, key);

        var other = await bootstrap.Post(OperatorsPath, new { name = "小王", roles = new[] { "owner" } }, key);
        var without = await bootstrap.Send(HttpMethod.Post, OperatorsPath, Wish);

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "idempotency.key_reused"), (other.StatusCode, await other.Code()));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "idempotency.key_missing"), (without.StatusCode, await without.Code()));
        Assert.Single(await bootstrap.AllPages(OperatorsPath, 100));
    }
}

using System.Net;
using Pond.Operators;
using Pond.Platform;
using static Pond.Tests.Operators.OperatorSteps;

namespace Pond.Tests.Operators;

[Rule("ADM-01")]
public sealed class HoldingKeys(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task The_bootstrap_key_makes_the_first_operator_whose_own_key_works()
    {
        var created = await api.AddOperator("小李", "owner", "marketing", "owner");

        Assert.Equal("小李", created.Text("name"));
        Assert.Equal(
            ["owner", "marketing"], created.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        var console = api.Operator(created.Text("key"));
        Assert.Equal(HttpStatusCode.OK, (await console.Get(OperatorsPath)).StatusCode);
    }

    [Fact]
    public async Task Without_a_bootstrap_key_in_the_settings_nobody_gets_in_by_one()
    {
        await using var closed =
            await MiniProgramApi.Start(new Dictionary<string, string> { ["Operators:BootstrapKey"] = "" });

        foreach (var key in new[] { MiniProgramApi.BootstrapKey, " ", "pond_" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await closed.Operator(key).Get(OperatorsPath)).StatusCode);
    }

    [Fact]
    public async Task A_key_is_shown_once_and_kept_as_a_hash()
    {
        var created = await api.AddOperator("小王", "analyst");
        await api.Deliver();
        var secret = created.Text("key").Split('_', 3)[2];

        Assert.DoesNotContain(secret, await (await api.Operator().Get(OperatorsPath)).Content.ReadAsStringAsync());
        Assert.All(StoredRow.All(api), row => Assert.DoesNotContain(secret, row.Data));
        Assert.Contains(
            StoredRow.All(api), row => row.Data.Contains(OperatorCallers.HashOf(secret), StringComparison.Ordinal));
        Assert.DoesNotContain(OperatorCallers.HashOf(secret),
            await (await api.Operator().Get(OperatorsPath)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_revoked_key_is_worth_nothing_from_then_on()
    {
        var created = await api.AddOperator("小张", "owner");
        var console = api.Operator(created.Text("key"));

        var revoked = await api.Operator().Delete($"{OperatorsPath}/{created.Text("operatorId")}");
        var again = await api.Operator().Delete($"{OperatorsPath}/{created.Text("operatorId")}");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (revoked.StatusCode, again.StatusCode));
        var answer = await console.Get(OperatorsPath);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("auth.unauthenticated", await answer.Code());
        var listed = (await api.Operator().AllPages(OperatorsPath, 100)).Single(
            item => item.Text("operatorId") == created.Text("operatorId"));
        Assert.NotNull(listed.GetProperty("revokedAt").GetString());
    }

    [Fact]
    public async Task A_key_ends_after_half_a_year()
    {
        var console = await api.OperatorWith("owner");

        api.Clock.Advance(OperatorRules.KeyLifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await console.Get(OperatorsPath)).StatusCode);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await console.Get(OperatorsPath)).StatusCode);
    }

    [Fact]
    public async Task A_key_with_a_changed_letter_or_for_another_operator_is_worth_nothing()
    {
        var (one, other) = (await api.AddOperator("甲", "owner"), await api.AddOperator("乙", "owner"));
        var (key, otherId) = (one.Text("key"), other.Text("operatorId"));
        var id = one.Text("operatorId");

        foreach (var wrong in new[]
        {
            key[..^1] + (key[^1] == 'A' ? 'B' : 'A'), key + "A", key[..^1], key.ToUpperInvariant(),
            key.Replace(id, otherId, StringComparison.Ordinal), key.Replace(id, new Ids().Next(), StringComparison.Ordinal),
            "pond_" + id, "pond_" + id + "_", "x",
        })
            Assert.Equal(HttpStatusCode.Unauthorized, (await api.Operator(wrong).Get(OperatorsPath)).StatusCode);
    }

    [Fact]
    public async Task Somebody_who_is_not_there_cannot_be_revoked()
    {
        foreach (var id in new[] { new Ids().Next(), "nobody", OperatorCallers.BootstrapId })
        {
            var answer = await api.Operator().Delete($"{OperatorsPath}/{id}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("operator.missing", await answer.Code());
        }
    }

    [Fact]
    public async Task An_operator_without_a_name_or_a_role_is_refused()
    {
        foreach (var body in new object[]
        {
            new { name = "", roles = new[] { "owner" } }, new { name = "x", roles = Array.Empty<string>() },
            new { name = "x", roles = new[] { "king" } }, new { name = "x" },
        })
            Assert.Equal(HttpStatusCode.BadRequest, (await api.Operator().Post(OperatorsPath, body)).StatusCode);
    }

    [Fact]
    public async Task The_list_of_operators_pages_over_each_of_them_once()
    {
        for (var i = 0; i < 4; i++) await api.AddOperator($"o{i}", "analyst");
        var all = (await api.Operator().AllPages(OperatorsPath, 100)).Select(item => item.Text("operatorId")).ToArray();

        for (var pageSize = 1; pageSize <= 3; pageSize++)
            Assert.Equal(
                all, (await api.Operator().AllPages(OperatorsPath, pageSize)).Select(item => item.Text("operatorId")));
    }
}

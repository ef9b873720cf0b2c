using Pond.Tests.FaultInjection;
using Pond.Tests.Orders;

namespace Pond.Tests.Shares;

/// <summary>Each commit of a share goes wrong, one at a time, in every way.</summary>
[Rule("INV-01"), Rule("INV-02")]
public sealed class FailingShares
{
    private static int shoppers;

    public static TheoryData<FaultWay> Ways => [.. Enum.GetValues<FaultWay>()];

    [Theory, MemberData(nameof(Ways))]
    public Task A_token_and_a_code_lead_to_what_was_shared_whichever_commit_fails(FaultWay way) =>
        EveryCommit.Fails(way, async (app, arm) =>
        {
            var (spuId, shopper) = ((await app.Api.Product())[..^2], $"sharer-{Interlocked.Increment(ref shoppers)}");
            await app.Settle();
            var phone = await app.Api.LogIn(shopper);

            arm();
            var shared = await app.Answered(api => (phone with { Api = api }).TryShare("product", spuId));
            var invited = await app.Answered(api => (phone with { Api = api }).Post("/api/me/invite"));
            await app.Settle();

            phone = await app.Api.LogIn(shopper);
            var (token, code) = ((await shared.Json()).Text("token"), (await invited.Json()).Text("code"));
            Assert.Equal((token, code), (await phone.ShareToken("product", spuId), await phone.InviteCode()));
            foreach (var text in new[] { token, code })
                Assert.True((await phone.Landing(text)).GetProperty("isOwn").GetBoolean());
            var account = (await (await phone.Get("/api/me/export")).Json()).GetProperty("accounts")[0];
            Assert.Equal(2, account.GetProperty("shares").GetArrayLength());
        });
}

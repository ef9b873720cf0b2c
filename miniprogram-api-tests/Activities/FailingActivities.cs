using Pond.Activities;
using Pond.Tests.FaultInjection;
using Pond.Tests.Orders;

namespace Pond.Tests.Activities;

/// <summary>ACT-03: each commit of a publication and of a closing goes wrong, one at a time, in every way.</summary>
[Rule("ACT-03")]
public sealed class FailingActivities
{
    public static TheoryData<FaultWay> Ways => [.. Enum.GetValues<FaultWay>()];

    [Theory, MemberData(nameof(Ways))]
    public Task A_publication_takes_all_pieces_once_whichever_commit_fails(FaultWay way) =>
        EveryCommit.Fails(way, async (app, arm) =>
        {
            var (spread, plain) = (await app.Api.Product(stock: 9, shards: 2), await app.Api.Product(stock: 9));
            var id = await app.Api.Draft(ActivitySteps.Plan(
                app.Api, new ActivityGoods(spread, 8, Shards: 2), new ActivityGoods(plain, 3)));
            var console = app.Api.Operator(); // the same person, also after a crash
            await app.Settle();

            arm();
            await app.Answered(api => (console with { Api = api }).Turn(id, "published"));
            await app.Settle();

            Assert.Equal("published", await app.Api.StateOf(id));
            Assert.Equal(((1, 0), (8, 0)), (await app.Api.PiecesOf(spread, 2), await app.Api.AllottedTo(id, spread, 2)));
            Assert.Equal(((6, 0), (3, 0)), (await app.Api.PiecesOf(plain), await app.Api.AllottedTo(id, plain)));
        });

    [Theory, MemberData(nameof(Ways))]
    public Task A_publication_that_falls_short_keeps_nothing_whichever_commit_fails(FaultWay way) =>
        EveryCommit.Fails(way, async (app, arm) =>
        {
            var (spread, scarce) = (await app.Api.Product(stock: 9, shards: 2), await app.Api.Product(stock: 2));
            var id = await app.Api.Draft(ActivitySteps.Plan(
                app.Api, new ActivityGoods(spread, 8), new ActivityGoods(scarce, 3)));
            var console = app.Api.Operator();
            await app.Settle();

            arm();
            await app.Answered(api => (console with { Api = api }).Turn(id, "published"));
            await app.Settle();

            Assert.Equal("draft", await app.Api.StateOf(id));
            Assert.Equal(((9, 0), (0, 0)), (await app.Api.PiecesOf(spread, 2), await app.Api.AllottedTo(id, spread)));
            Assert.Equal(((2, 0), (0, 0)), (await app.Api.PiecesOf(scarce), await app.Api.AllottedTo(id, scarce)));
        });

    [Theory, MemberData(nameof(Ways))]
    public Task Closing_brings_all_pieces_home_once_whichever_commit_fails(FaultWay way) =>
        EveryCommit.Fails(way, async (app, arm) =>
        {
            var skuId = await app.Api.Product(stock: 9, shards: 2);
            var id = await app.Api.Published(ActivitySteps.Plan(app.Api, skuId, pieces: 8, shards: 2));
            (await app.Api.Turn(id, "ended")).EnsureSuccessStatusCode();
            await app.Settle();
            app.Api.Clock.Advance(ActivitySteps.Aftermath + TimeSpan.FromMinutes(3));

            arm();
            await app.Fire(nameof(CloseActivities));
            await app.Deliver();
            await app.Settle();
            app.Api.Clock.Advance(TimeSpan.FromMinutes(15)); // what was put off is due again
            await app.Fire(nameof(CloseActivities));
            await app.Settle();

            Assert.Equal("closed", await app.Api.StateOf(id));
            Assert.Equal(((9, 0), (0, 0)), (await app.Api.PiecesOf(skuId, 2), await app.Api.AllottedTo(id, skuId, 2)));
        });
}

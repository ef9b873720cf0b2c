using Microsoft.Extensions.DependencyInjection;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Tests.Orders;
using Pond.Tests.PlatformSpecs;

namespace Pond.Tests.GroupBuys;

/// <summary>What joining a group asks of the store, round after round: in Azure each round is a way there and back.</summary>
public sealed class CountingTheRoundsOfAJoin : IAsyncLifetime
{
    private Rounds rounds = null!;
    private MiniProgramApi api = null!;

    public async Task InitializeAsync() =>
        api = await MiniProgramApi.Start(change: services => services.AddSingleton<PartitionStore>(all =>
            rounds = new Rounds(new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()))));

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task A_join_takes_thirty_one_of_which_five_are_commits_of_four_partitions()
    {
        var buy = await api.GroupBuy(body => body["ordersPerMemberMax"] = 2);
        var (groupId, _) = await (await api.LogIn("leader")).Led(buy);
        var (otherId, _) = await (await api.LogIn("another")).Led(buy);
        var friend = await api.LogIn("friend");
        await friend.Join(otherId, buy); // so that the hints of this minute are there
        string[][] looks =
        [
            ["find m:* member"],
            ["find m:* member", "find m:* op:JoinGroup:#"],
            ["find m:* open-order:", "find m:* order:", "find m:* waiting-order:", "range m:* open-order:"],
            ["find m:* op:JoinGroup:#"],
            ["find g:* group", "range g:* seat:"],
            ["find m:* member"],
            ["range m:* order:"],
            ["find activities activity:*"],
            ["find gm:# uses"],
            ["find m:* growth", "find m:* member", "find m:* tier", "find sk:# sku", "find tiers programme", "range m:* growth-days:"],
            ["find pr:# product"],
        ];
        string[][] placing =
        [
            ["find m:* member", "find m:* op:JoinGroup:#"],
            ["find m:* open-order:*", "find m:* order:*", "find m:* waiting-order:*", "range m:* open-order:"],
            ["commit m:*"],
            ["find m:* order:*"],
        ];
        string[][] seat =
        [
            ["find activities activity:*"],
            ["find gm:# op:GroupUses.Reserve:#", "find gm:# uses"],
            ["commit gm:#"],
            ["find m:* member"],
            ["range m:* order:"],
            ["find g:* group"],
            ["find g:* group", "find g:* op:SeatKeeper:#"],
            ["find g:* gone:*", "range g:* seat:"],
            ["commit g:*"],
        ];
        string[][] piece =
        [
            ["find s:#:# op:Reserve:#", "find s:#:# stock"],
            ["find s:#:# order:*"],
            ["commit s:#:#"],
        ];
        string[][] decision =
        [
            ["find m:* member", "find m:* op:Placing:#"],
            ["find m:* open-order:*", "find m:* order:*", "find m:* waiting-order:*"],
            ["commit m:*"],
            ["find m:* order:*"],
        ];

        var answer = await rounds.Of(
            () => friend.TryJoin(groupId, buy), [.. looks, .. placing, .. seat, .. piece, .. decision]);

        answer.EnsureSuccessStatusCode();
    }
}

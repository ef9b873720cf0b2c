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
    public async Task Joining_a_group_takes()
    {
        var buy = await api.GroupBuy(body => body["ordersPerMemberMax"] = 2);
        var (groupId, _) = await (await api.LogIn("leader")).Led(buy);
        var (otherId, _) = await (await api.LogIn("another")).Led(buy);
        var friend = await api.LogIn("friend");
        await friend.Join(otherId, buy);

        (await rounds.Of(() => friend.TryJoin(groupId, buy), [["x"]])).EnsureSuccessStatusCode();
    }
}

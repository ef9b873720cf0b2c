using Microsoft.Extensions.DependencyInjection;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Tests.Orders;
using Pond.Tests.PlatformSpecs;

namespace Pond.Tests.Bargains;

/// <summary>What a cut asks of the store, round after round: in Azure each round is a way there and back.</summary>
public sealed class CountingTheRoundsOfACut : IAsyncLifetime
{
    private Rounds rounds = null!;
    private MiniProgramApi api = null!;

    public async Task InitializeAsync() =>
        api = await MiniProgramApi.Start(change: services => services.AddSingleton<PartitionStore>(all =>
            rounds = new Rounds(new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()))));

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task A_cut_takes_eight_and_the_first_of_a_minute_by_its_helper_leaves_a_hint_before_the_hold()
    {
        var id = await api.PublishBargain(api.Bargain(await api.Product()));
        var (first, second) = (await (await api.LogIn("a")).Attempt(id), await (await api.LogIn("b")).Attempt(id));
        var friend = await api.LogIn("friend");
        string[][] reads =
        [
            ["find m:* member"], ["find b:* attempt", "find m:* member"],
            ["find activities activity:*", "find b:* help:*"], ["find bh:* helps", "find bh:* op:HelpAttempt:#"],
        ];
        string[][] cut =
        [
            ["commit bh:*"], ["find b:* attempt", "find b:* op:AttemptOnHelpHeld:#"], ["find b:* help:*"],
            ["commit b:*"],
        ];

        (await rounds.Of(() => friend.Help(first), [.. reads, ["commit #:due:outbox"], .. cut]))
            .EnsureSuccessStatusCode();
        (await rounds.Of(() => friend.Help(second), [.. reads, .. cut])).EnsureSuccessStatusCode();
    }
}

using Microsoft.Extensions.DependencyInjection;
using Pond.Bargains;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;
using static Pond.Tests.Bargains.BargainSteps;

namespace Pond.Tests.Bargains;

/// <summary>The same member begins twice, from two phones.</summary>
[Rule("BRG-01")]
public sealed class BeginningMeanwhile
{
    [Fact]
    public async Task Who_is_refused_is_told_which_attempt_is_going_even_when_it_began_meanwhile_elsewhere()
    {
        var (data, faults) = (Directory.CreateTempSubdirectory("pond-test-").FullName, new Faults());
        await using (var here = await MiniProgramApi.Start(change: Over(faults), dataPath: data))
        await using (var elsewhere = await MiniProgramApi.Start(dataPath: data, weChat: (here.Sandbox, here.Clock)))
        {
            var owner = await here.LogIn("owner");
            var activityId = await here.PublishBargain(here.Bargain(await here.Product()));
            string? other = null;
            faults.Before = async call =>
            {
                if (call.Name != $"commit {StartRows.Partition(activityId, owner.MemberId)}") return;
                faults.Disarm();
                other = await (owner with { Api = elsewhere }).Attempt(activityId);
            };
            faults.Count();

            var refused = await owner.Post(AttemptsOf(activityId));

            Assert.Equal("bargain.live", await refused.Code());
            Assert.NotNull(other);
            Assert.Equal(other, (await refused.Json()).Text("attemptId"));
        }

        Directory.Delete(data, recursive: true);
    }

    private static Action<IServiceCollection> Over(Faults faults) => services => services.AddSingleton<PartitionStore>(
        all => new FaultyStore(new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()), faults));
}

namespace Pond.Tests.FaultInjection;

/// <summary>Each commit of what changes several partitions goes wrong, one at a time.</summary>
internal static class EveryCommit
{
    private const int TrialsPerApp = 20; // what earlier trials have left makes every look at the rows longer

    /// <param name="trial">Prepares, arms, acts, settles and looks whether all is well.</param>
    public static async Task Fails(FaultWay way, Func<FaultyApp, Action, Task> trial)
    {
        var commits = await Count(trial);
        Assert.InRange(commits, 2, 100);
        foreach (var numbers in Enumerable.Range(1, commits).Chunk(TrialsPerApp))
        {
            await using var app = await FaultyApp.Start();
            foreach (var number in numbers)
            {
                var seen = 0;
                await trial(app, () => app.Faults.Arm(
                    call => call.Kind is PortCallKind.Commit && ++seen == number, way));
            }
        }
    }

    private static async Task<int> Count(Func<FaultyApp, Action, Task> trial)
    {
        await using var app = await FaultyApp.Start();
        await trial(app, app.Faults.Count);
        return app.Faults.Calls.Count(call => call.Kind is PortCallKind.Commit);
    }
}

namespace Pond.Tests.Simulation.Enumeration;

/// <summary>How the operations are tried.</summary>
/// <param name="Nodes">With two, whoever asks again after a crash reaches the other one.</param>
/// <param name="LosesMessages">All messages are gone after the answer, so that sweeps do the rest; they are what is tried.</param>
internal sealed record Setting(string Operation, int Nodes = 1, bool LosesMessages = false)
{
    public override string ToString() =>
        Operation + (Nodes > 1 ? $", {Nodes} nodes" : "") + (LosesMessages ? ", messages lost" : "");
}

/// <summary>What became of one trial.</summary>
/// <param name="Violation">Null when all is well.</param>
internal sealed record TrialResult(IReadOnlyList<CountedCall> Calls, string? Violation);

/// <summary>One operation in a world of its own, with these calls going wrong.</summary>
internal static class Trial
{
    private const ulong Seed = 1;

    private static readonly TimeSpan PreparingMax = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan LookingMax = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongDead = TimeSpan.FromMinutes(1);

    /// <summary>Nothing goes wrong by chance.</summary>
    public static readonly Plan Calm = new()
    {
        Seed = Seed,
        Nodes = 1,
        Shoppers = 0,
        Rates = Enum.GetValues<FaultKind>().ToDictionary(kind => kind, _ => 0.0),
        Visits = [],
        Flows = new HashSet<string>(),
        Incidents = [],
    };

    public static TrialResult Run(Setting setting, IReadOnlyList<PlannedFault> faults, Action<string>? tell = null)
    {
        DueTimers.FindOnce();
        using var world = new World(Calm with { Nodes = setting.Nodes }, tell);
        if (setting.Nodes > 1) world.Injection.DeadFor = LongDead; // longer than a phone waits
        for (var place = 0; place < setting.Nodes; place++) world.StartNode(place);
        var operation = AllOperations.By[setting.Operation](world);
        var isPrepared = Start(world, "preparing", async () =>
        {
            world.Owner = await Shop.Owner(world);
            await operation.Prepare();
        });
        if (!world.RunUntil(() => isPrepared() && world.HasNoWork(), PreparingMax)) world.Violate("It cannot be prepared.");

        if (!setting.LosesMessages) world.Injection.Arm(faults);
        var isDone = Start(world, "acting", async () =>
        {
            await operation.Act();
            if (!setting.LosesMessages) return;
            world.Messages.Purge();
            world.Injection.Arm(faults);
        });
        world.Quiet(isDone);
        world.Injection.Disarm();
        if (world.Violation is null) Look(world, operation);
        return new TrialResult(world.Injection.Calls, world.Violation);
    }

    private static void Look(World world, Operation operation)
    {
        var isSeen = Start(world, "looking", async () =>
        {
            await operation.AskAgain();
            await operation.Look();
            world.AssertBalanced();
        });
        if (!world.RunUntil(isSeen, LookingMax)) world.Violate("Nobody can look.");
    }

    private static Func<bool> Start(World world, string name, Func<Task> work)
    {
        var isDone = false;
        world.Begin(world.Phones, world.ActorOf(name), async () =>
        {
            await work();
            isDone = true;
        });
        return () => isDone;
    }
}

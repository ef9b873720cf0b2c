using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Pond.LocalHost;

namespace Pond.Tests.Simulation;

/// <summary>Runs a plan: an opening without faults, a storm, quiet, and a look at what is left.</summary>
internal sealed class SimulationRun
{
    private static readonly TimeSpan OpeningMax = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LookingMax = TimeSpan.FromMinutes(2);
    private const int RoundsMax = 120;

    /// <summary>The timers that want to run every minute or more often: those that finish what was begun.</summary>
    internal static readonly IReadOnlyList<string> Timers = FindTimers();

    private static readonly Type[] TypesOfFlows =
    [
        .. typeof(Flow).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Flow)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    private readonly World world;
    private readonly Flow[] flows;
    private readonly SimulatedPhone[] phones;
    private readonly Dictionary<int, TimeSpan> begun = [];
    private DateTimeOffset stormSince;
    private int visiting;

    private SimulationRun(World world)
    {
        this.world = world;
        flows = [.. NewFlows().Where(flow => world.Plan.Flows.Contains(NameOf(flow)))];
        phones = [.. Enumerable.Range(0, world.Plan.Shoppers).Select(number => new SimulatedPhone(world, $"shopper-{number}"))];
    }

    /// <summary>The flows by name, with their weights.</summary>
    public static IReadOnlyList<(string Name, int Weight)> Weights { get; } =
        [.. NewFlows().Select(flow => (NameOf(flow), flow.Weight))];

    /// <summary>What becomes of a plan.</summary>
    /// <param name="tell">Hears each thing that happens.</param>
    public static SimulationResult Of(Plan plan, Action<string>? tell = null)
    {
        DueTimers.FindOnce();
        using var world = new World(plan, tell);
        var run = new SimulationRun(world);
        run.Run();
        return new SimulationResult(
            plan, world.Violation, world.Trace.Hash(), world.Hits, world.Struck, run.begun, world.Calls, world.Requests,
            world.Reads + world.Commits);
    }

    private void Run()
    {
        for (var place = 0; place < world.Plan.Nodes; place++) world.StartNode(place);
        var isOpen = false;
        world.Begin(world.Phones, world.ActorOf("opening"), async () =>
        {
            world.Owner = await Shop.Owner(world);
            foreach (var flow in flows) await flow.Open(world);
            isOpen = true;
        });
        world.RunFor(OpeningMax);
        if (!isOpen) world.Violate("The shop did not open.");
        world.WeChat.Start();

        stormSince = world.Scheduler.GetUtcNow();
        PlanStorm();
        world.LetStorm(true);
        world.RunFor(Plan.Stormy);
        world.LetStorm(false);

        for (var place = 0; place < world.Plan.Nodes; place++) Mend(place);
        for (var round = 0; round < RoundsMax && world.Violation is null && !IsQuiet(); round++)
        {
            foreach (var timer in DueTimers.WithWork(world)) Fire(timer, $"quiet {round}");
            world.RunFor(BetweenRounds);
        }

        if (world.Violation is null) Look();
    }

    private void PlanStorm()
    {
        var turns = new Task[phones.Length];
        foreach (var visit in world.Plan.Visits.OrderBy(visit => visit.At))
            world.Scheduler.In(visit.At, () => Visit(visit, turns));
        foreach (var incident in world.Plan.Incidents)
            world.Scheduler.In(incident.At, () => Break(incident));
        foreach (var timer in Timers)
        {
            var actor = world.ActorOf($"timer {timer}");
            foreach (var (at, number) in Plan.RunsOf(actor.Chance).Select((at, number) => (at, number)))
            {
                world.Scheduler.In(at, () =>
                {
                    if (DueTimers.HasWork(world, timer)) Fire(timer, number.ToString(CultureInfo.InvariantCulture));
                });
            }
        }
    }

    // A shopper does one thing after the other.
    private void Visit(PlannedVisit visit, Task[] turns)
    {
        var before = turns[visit.Shopper] ?? Task.CompletedTask;
        var done = new TaskCompletionSource();
        turns[visit.Shopper] = done.Task;
        var flow = flows.Single(flow => NameOf(flow) == visit.Flow);
        world.Begin(world.Phones, world.ActorOf($"{SimulatedPhone.Visit} {visit.Number}"), async () =>
        {
            visiting++;
            await before;
            begun[visit.Number] = world.Scheduler.GetUtcNow() - stormSince;
            world.Trace.Add($"visit {visit.Number}", $"{visit.Flow} of shopper-{visit.Shopper}");
            await flow.Visit(world, phones[visit.Shopper]);
            done.SetResult();
            visiting--;
        });
    }

    private void Break(Incident incident)
    {
        world.Trace.Add("incident", incident.ToString());
        if (world.IsDead(incident.Node) && incident.Kind is not (FaultKind.Purge or FaultKind.StoreDown)) return;
        world.Count(incident.Kind);
        switch (incident.Kind)
        {
            case FaultKind.Kill:
                world.Crash(world.MachineAt(incident.Node), incident.Length);
                break;
            case FaultKind.Freeze:
                world.MachineAt(incident.Node).FrozenUntil = world.Scheduler.GetUtcNow() + incident.Length;
                break;
            case FaultKind.Skew:
                world.MachineAt(incident.Node).Skew = incident.Length;
                break;
            case FaultKind.StoreDown:
                world.Outage.Begin(incident.Length);
                break;
            default:
                world.Messages.Purge();
                break;
        }
    }

    private void Mend(int place)
    {
        if (world.IsDead(place)) world.StartNode(place);
        world.MachineAt(place).Skew = TimeSpan.Zero;
    }

    private void Fire(string timer, string run)
    {
        var actor = world.ActorOf($"timer {timer} {run}");
        Actor.Current = actor;
        var isSkipped = world.Strikes(FaultKind.TimerSkipped);
        var times = isSkipped ? 0 : world.Strikes(FaultKind.TimerDoubled) ? 2 : 1;
        for (var time = 0; time < times; time++)
        {
            if (world.AnyNode() is { Machine.IsRunning: true } node)
                world.Begin(node.Machine, actor, () => node.Fire(timer));
        }

        Actor.Current = null;
    }

    /// <summary>Nothing waits to be done, by people or by WeChat either.</summary>
    private bool IsQuiet() =>
        visiting == 0 && world.WeChat.Sandbox.Pay.PendingNotifications.Count == 0 && world.IsQuiet();

    private void Look()
    {
        if (!IsQuiet())
        {
            world.Violate($"It never becomes quiet: {visiting} visits, "
                + $"{world.WeChat.Sandbox.Pay.PendingNotifications.Count} notifications, {world.Restless()}");
        }

        try
        {
            world.AssertBalanced();
        }
        catch (Exception broken)
        {
            world.Violate($"The books do not balance: {broken.Message}");
        }

        world.Begin(world.Phones, world.ActorOf("look"), async () =>
        {
            foreach (var flow in flows) await flow.Look(world);
        });
        world.RunFor(LookingMax);
    }

    private static string NameOf(Flow flow) => flow.GetType().Name;

    private static Flow[] NewFlows() => [.. TypesOfFlows.Select(type => (Flow)Activator.CreateInstance(type)!)];

    private static List<string> FindTimers()
    {
        var catalog = FunctionCatalog.Read(
            typeof(Composition).Assembly.GetTypes(), "api", new Microsoft.Extensions.Configuration.ConfigurationManager());
        var now = HandClock.Start.UtcDateTime;
        return
        [
            .. from function in catalog.All
               let timer = function.Trigger as FunctionTrigger.OnSchedule
               where timer is not null
               let next = timer.Schedule.GetNextOccurrence(now)
               where timer.Schedule.GetNextOccurrence(next) - next <= TimeSpan.FromMinutes(1)
               select function.Name,
        ];
    }
}

/// <summary>What became of a plan.</summary>
/// <param name="Violation">The first thing that must never be; null when all is well.</param>
/// <param name="Hash">Of all that happened.</param>
/// <param name="Begun">When each visit, by its number, has begun: a shopper may have been busy when it was to.</param>
/// <param name="Calls">Of the visits.</param>
internal sealed record SimulationResult(
    Plan Plan,
    string? Violation,
    string Hash,
    IReadOnlyDictionary<FaultKind, long> Hits,
    IReadOnlyCollection<string> Struck,
    IReadOnlyDictionary<int, TimeSpan> Begun,
    int Calls,
    long Requests,
    long StoreOperations)
{
    /// <summary>All that went wrong.</summary>
    public int Faults => Struck.Count + Plan.Incidents.Count;

    /// <summary>The command that runs it again.</summary>
    public string Replay => $"dotnet run --project miniprogram-api-tests -- simulate --seeds 1 --from {Plan.Seed} --trace";
}

using Pond.Platform.Storage;
using Pond.Tests.Simulation.Enumeration;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation;

/// <summary>Everything there is in one simulation: machines, store, queues, WeChat, phones, and what goes wrong.</summary>
internal sealed class World : IDisposable
{
    private readonly List<IPartitionCheck> checks = [.. PartitionChecks.All()];
    private readonly Dictionary<FaultKind, long> hits = [];
    private readonly HashSet<string> struck = [];
    private readonly Machine?[] machines;
    private readonly Node?[] nodes;
    private readonly List<Node> all = [];
    private bool isStormy;
    private int starts;
    private Func<string> lastError = () => "";

    public World(Plan plan, Action<string>? tell = null)
    {
        Plan = plan;
        Scheduler = new Scheduler(plan.Seed);
        Trace = new Trace(Scheduler, tell);
        Own = ActorOf("world");
        Phones = new Machine(Scheduler, "phones").WithClock();
        Messages = new SimulatedMessages(this, Offer);
        WeChat = new SimulatedWeChat(this);
        Injection = new Injection(this);
        Outage = new Outage(Scheduler);
        machines = new Machine?[plan.Nodes];
        nodes = new Node?[plan.Nodes];
    }

    /// <summary>What every process is started with.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = SettingsOfNodes();

    public Plan Plan { get; }

    public Scheduler Scheduler { get; }

    public Trace Trace { get; }

    public MemoryRows Rows { get; } = new();

    public SimulatedMessages Messages { get; }

    public SimulatedWeChat WeChat { get; }

    /// <summary>What goes wrong at calls that were chosen, beside what goes wrong by chance.</summary>
    public Injection Injection { get; }

    /// <summary>When nothing can be written, by whomever.</summary>
    public Outage Outage { get; }

    /// <summary>Who works for the shop; there once it opens.</summary>
    public SimulatedPhone Owner { get; set; } = null!;

    /// <summary>Where phones wait; nothing ever happens to them.</summary>
    public Machine Phones { get; }

    /// <summary>Who acts when nobody else does.</summary>
    public Actor Own { get; }

    /// <summary>What whoever acts now chooses by.</summary>
    public Chance Chance => (Actor.Current ?? Own).Chance;

    /// <summary>What befalls whoever acts now: how long a wire takes, dice.</summary>
    public Chance Noise => (Actor.Current ?? Own).Noise;

    /// <summary>Ids, keys and secrets of whoever acts now.</summary>
    public Chance Names => (Actor.Current ?? Own).Names;

    public string? Violation { get; private set; }

    public IReadOnlyDictionary<FaultKind, long> Hits => hits;

    /// <summary>The faults by chance that have happened, by their names.</summary>
    public IReadOnlyCollection<string> Struck => struck;

    public long Requests { get; private set; }

    /// <summary>Of visits, each with all its resendings.</summary>
    public int Calls { get; set; }

    public long Reads { get; set; }

    public long Commits { get; private set; }

    public Actor ActorOf(string name) => new(Plan.Seed, name);

    /// <summary>Whether this goes wrong now.</summary>
    public bool Strikes(FaultKind kind)
    {
        if (!isStormy || Plan.Rates[kind] is not (> 0 and var rate)) return false;
        var actor = Actor.Current ?? Own;
        var chance = actor.Of(kind);
        if (!chance.Happens(rate)) return false;
        var name = $"{actor.Name} {kind} {chance.Draws}";
        if (Plan.Only?.Contains(name) == false) return false;
        struck.Add(name);
        Count(kind);
        Trace.Add("fault", name);
        return true;
    }

    /// <summary>Counts what has gone wrong.</summary>
    public void Count(FaultKind kind) => hits[kind] = hits.GetValueOrDefault(kind) + 1;

    /// <summary>Storm, or quiet from now on.</summary>
    public void LetStorm(bool storms) => isStormy = storms;

    /// <summary>Begins something that goes on by itself. What nobody has foreseen is a violation.</summary>
    public void Begin(Machine machine, Actor actor, Func<Task> work) => machine.Run(async void (_) =>
    {
        Actor.Current = actor;
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            Violate($"{actor.Name}: {failure}");
        }
    }, null);

    /// <summary>The last error that a node has logged.</summary>
    public void HearError(string who, Func<string> what)
    {
        lastError = what;
        Trace.Tell(who, what);
    }

    public void Violate(string what)
    {
        Violation ??= what;
        Trace.Add("violation", what);
    }

    /// <summary>For phones.</summary>
    public Task Pause(TimeSpan time) => Task.Delay(time, Phones.Clock);

    /// <summary>Starts a process in a place where none is.</summary>
    public void StartNode(int place)
    {
        var machine = new Machine(Scheduler, $"node-{place}.{starts++}").WithClock();
        machine.Skew = machines[place]?.Skew ?? TimeSpan.Zero;
        machines[place] = machine;
        nodes[place] = new Node(this, machine, (what, failure) => Trace.Add($"{what} failed", failure.Message));
        all.Add(nodes[place]!);
    }

    /// <summary>It is over. Until then not even what a dead process held is let go.</summary>
    public void Dispose() => all.ForEach(node => node.Dispose());

    private void KillNode(int place)
    {
        machines[place]!.Die();
        nodes[place] = null;
    }

    /// <summary>A process dies, in the midst of a step as may be, and another one starts in its place.</summary>
    public void Crash(Machine machine, TimeSpan deadFor)
    {
        if (machine.IsDead) return;
        var place = Array.IndexOf(machines, machine);
        KillNode(place);
        Scheduler.In(deadFor, () =>
        {
            if (IsDead(place)) StartNode(place);
        });
    }

    public Machine MachineAt(int place) => machines[place]!;

    public bool IsDead(int place) => nodes[place] is null;

    /// <summary>One that lives; it may stand still, which nobody can see from outside. Null when none does.</summary>
    /// <param name="but">Not this one, if there is another.</param>
    public Node? AnyNode(Node? but = null)
    {
        Node[] alive = [.. nodes.OfType<Node>()];
        if (alive.Length > 1 && but is not null) alive = [.. alive.Where(node => node != but)];
        return alive.Length == 0 ? null : Noise.OneOf(alive);
    }

    public async Task<Answer> Serve(Node node, Request request)
    {
        Requests++;
        var answer = await node.Serve(request);
        if (answer.Status == 500) Violate($"{request.Method} {request.Target}: 500 {lastError()}");
        return answer;
    }

    /// <summary>What reaches the store, whoever has sent it and whether or not they still wait.</summary>
    public CommitOutcome Commit(string partition, IReadOnlyList<Write> writes)
    {
        Commits++;
        var outcome = Rows.Commit(partition, writes);
        if (outcome is not CommitOutcome.Committed)
        {
            Trace.Add("conflict", partition);
            return outcome;
        }

        Trace.Add(partition, writes);
        foreach (var check in checks)
            if (Broken(check, partition, writes) is { } why) Violate($"{check.GetType().Name}: {why} in {partition}");
        return outcome;
    }

    // A row that cannot be read is as broken as one that says something wrong.
    private string? Broken(IPartitionCheck check, string partition, IReadOnlyList<Write> writes)
    {
        try
        {
            return check.Broken(Rows, partition, writes);
        }
        catch (Exception unreadable)
        {
            return unreadable.ToString();
        }
    }

    // A message can be received: some process takes it, if it lives.
    private void Offer(string queue, string what)
    {
        var actor = ActorOf($"message {what}");
        if (nodes.Length > 0 && actor.Chance.OneOf(nodes) is { Machine.IsRunning: true } node)
            Begin(node.Machine, actor, () => node.Deliver(queue));
    }

    private static Dictionary<string, string> SettingsOfNodes()
    {
        var settings = MiniProgramApi.Settings(new Uri("http://localhost:1"), "nowhere");
        settings["WeChatPay:PublicKeyId"] = Pond.LocalHost.WeChatSandbox.SandboxPay.PublicKeyId;
        settings["WeChatPay:PublicKey"] = Pond.LocalHost.WeChatSandbox.SandboxPay.PublicKey;
        settings["WeChatPay:NotifyBase"] = "http://localhost:1";
        settings["Session:LoginsPerUserPerMinute"] = "1000000";
        settings["Session:LoginsPerAddressPerMinute"] = "1000000";
        settings["CouponCodes:AttemptsPerMemberPerMinute"] = "1000000";
        settings["CouponCodes:AttemptsPerAddressPerMinute"] = "1000000";
        settings["Orders:PayMinutes"] = "5";
        return settings;
    }
}

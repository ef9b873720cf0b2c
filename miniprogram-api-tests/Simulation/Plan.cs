namespace Pond.Tests.Simulation;

/// <summary>What a seed wants to happen, before anything has: who visits when, what breaks when, and how often.</summary>
internal sealed record Plan
{
    public static readonly TimeSpan Stormy = TimeSpan.FromMinutes(20);

    /// <summary>What a visit begins has its time in the storm too, such as paying too late.</summary>
    private static readonly TimeSpan Visiting = TimeSpan.FromMinutes(13);

    private const int NodesMax = 3;
    private const int ShoppersMin = 3;
    private const int ShoppersMax = 9;
    private const int VisitsMin = 15;
    private const int VisitsMax = 36;
    private const int IncidentsMax = 7;
    private const int OutagesMax = 4;

    /// <summary>Of each fault by chance; most seeds know only some of them, so that each gets room.</summary>
    private static readonly double[] RatesOfCalls = [0, 0, 0.005, 0.02, 0.08, 0.25];

    /// <summary>Each call reads many times: at the other rates hardly one would come to anything.</summary>
    private static readonly double[] RatesOfReads = [0, 0, 0.005, 0.02, 0.05];

    /// <summary>WeChat is asked a few times about one thing: at the other rates it would always hear in the end.</summary>
    private static readonly double[] RatesOfDeafness = [0, 0, 0.02, 0.1, 0.3, 0.6];

    /// <summary>A process does hundreds of commits: at the other rates none would ever move.</summary>
    private static readonly double[] RatesOfStops = [0, 0, 0.001, 0.004, 0.01];

    /// <summary>Not many of its commits have a message to send.</summary>
    private static readonly double[] RatesOfStopsWithMessages = [0, 0.005, 0.02, 0.05];

    /// <summary>Only in the same instant does a copy harm anybody.</summary>
    private static readonly double[] RatesOfCopies = [0, 0.2, 0.6];

    /// <summary>Of what has few occasions.</summary>
    private static readonly double[] RatesOfOccasions = [0.3, 0.5, 0.8];

    /// <summary>Of what has hardly any.</summary>
    private static readonly double[] RatesOfRarestOccasions = [0.8, 1, 1];

    /// <summary>What people care for in a world: where all do the same, they meet in it.</summary>
    private static readonly int[] Fashions = [0, 1, 1, 5];

    private static readonly TimeSpan BetweenTimerRuns = TimeSpan.FromSeconds(100);

    public required ulong Seed { get; init; }

    public required int Nodes { get; init; }

    public required int Shoppers { get; init; }

    public required IReadOnlyDictionary<FaultKind, double> Rates { get; init; }

    public required IReadOnlyList<PlannedVisit> Visits { get; init; }

    public required IReadOnlyList<Incident> Incidents { get; init; }

    /// <summary>How far the clocks of two processes are from each other at most.</summary>
    public TimeSpan ClocksDiffer
    {
        get
        {
            TimeSpan[] skews =
                [TimeSpan.Zero, .. from one in Incidents where one.Kind is FaultKind.Skew select one.Length];
            return skews.Max() - skews.Min();
        }
    }

    /// <summary>By their names, what the visits of the seed are made of: nobody misses the others.</summary>
    public required IReadOnlySet<string> Flows { get; init; }

    /// <summary>The faults that happen by chance.</summary>
    public IReadOnlyList<FaultKind> Kinds => [.. Rates.Where(rate => rate.Value > 0).Select(rate => rate.Key)];

    /// <summary>When set, only these faults by chance happen.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>The plan of a seed.</summary>
    /// <param name="flows">With their weights.</param>
    public static Plan Of(ulong seed, IReadOnlyList<(string Name, int Weight)> flows)
    {
        var chance = new Chance(Chance.Seed(seed, "plan"));
        var nodes = 1 + chance.Below(NodesMax);
        var shoppers = ShoppersMin + chance.Below(ShoppersMax - ShoppersMin);
        var rates = Enum.GetValues<FaultKind>().ToDictionary(
            kind => kind, kind => chance.OneOf(RatesOf(kind)));
        PlannedVisit[] visits = [.. Visit(chance, shoppers, flows)];
        return new Plan
        {
            Seed = seed,
            Nodes = nodes,
            Shoppers = shoppers,
            Rates = rates,
            Visits = visits,
            Flows = visits.Select(visit => visit.Flow).ToHashSet(),
            Incidents = [.. Break(chance, nodes)],
        };
    }

    /// <summary>The same with fewer sorts of faults by chance.</summary>
    public Plan OfKinds(IReadOnlyList<FaultKind> kinds) =>
        this with { Rates = Rates.ToDictionary(rate => rate.Key, rate => kinds.Contains(rate.Key) ? rate.Value : 0) };

    /// <summary>When a timer runs that wants to run every minute or so.</summary>
    public static IEnumerable<TimeSpan> RunsOf(Chance chance)
    {
        for (var at = TimeSpan.Zero; at < Stormy;)
        {
            at += chance.Between(TimeSpan.Zero, BetweenTimerRuns * 2);
            yield return at;
        }
    }

    private static double[] RatesOf(FaultKind kind) => kind switch
    {
        FaultKind.ReadLost => RatesOfReads,
        FaultKind.WeChatUnreached => RatesOfDeafness,
        FaultKind.FreezeAtCommit => RatesOfStops,
        FaultKind.KillAtCommit => RatesOfStopsWithMessages,
        FaultKind.RequestDoubled => RatesOfCopies,
        FaultKind.AmountDiffers or FaultKind.NotificationLost => RatesOfOccasions,
        FaultKind.PaidLate or FaultKind.PaidAtClosing => RatesOfRarestOccasions,
        FaultKind.FreezeAtPlacing or FaultKind.RefundFails => RatesOfRarestOccasions,
        _ => RatesOfCalls,
    };

    private static IEnumerable<PlannedVisit> Visit(
        Chance chance, int shoppers, IReadOnlyList<(string Name, int Weight)> flows)
    {
        var visits = VisitsMin + chance.Below(VisitsMax - VisitsMin);
        string[] drawn =
            [.. flows.SelectMany(flow => Enumerable.Repeat(flow.Name, flow.Weight * chance.OneOf(Fashions)))];
        if (drawn.Length == 0) drawn = [.. flows.Select(flow => flow.Name)];
        for (var number = 0; number < visits; number++)
        {
            yield return new PlannedVisit(
                number, chance.Between(TimeSpan.Zero, Visiting), chance.Below(shoppers), chance.OneOf(drawn));
        }
    }

    private static IEnumerable<Incident> Break(Chance chance, int nodes)
    {
        FaultKind[] kinds = [FaultKind.Kill, FaultKind.Kill, FaultKind.Freeze, FaultKind.Skew, FaultKind.Purge];
        var incidents = chance.Below(IncidentsMax + 1);
        for (var number = 0; number < incidents; number++)
        {
            var kind = chance.OneOf(kinds);
            yield return new Incident(
                number, kind, chance.Between(TimeSpan.Zero, Stormy), chance.Below(nodes), LengthOf(chance, kind));
        }

        var outages = chance.Below(OutagesMax + 1);
        for (var number = 0; number < outages; number++)
        {
            yield return new Incident(
                incidents + number, FaultKind.StoreDown, chance.Between(TimeSpan.Zero, Stormy), Node: 0,
                LengthOf(chance, FaultKind.StoreDown));
        }
    }

    // Seconds until a dead process or the store is back; minutes of standing still, or of being wrong.
    private static TimeSpan LengthOf(Chance chance, FaultKind kind) => kind switch
    {
        FaultKind.Kill => chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(90)),
        FaultKind.StoreDown => chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)),
        FaultKind.Skew => chance.Between(TimeSpan.FromMinutes(-4), TimeSpan.FromMinutes(4)),
        _ => chance.Between(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(8)),
    };
}

/// <summary>One shopper does one thing.</summary>
internal sealed record PlannedVisit(int Number, TimeSpan At, int Shopper, string Flow);

/// <summary>Something breaks at a time that the plan knows.</summary>
/// <param name="Length">How long, or how far.</param>
internal sealed record Incident(int Number, FaultKind Kind, TimeSpan At, int Node, TimeSpan Length);

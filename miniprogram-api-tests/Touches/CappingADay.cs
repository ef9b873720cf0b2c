using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Platform.WeChat;
using Pond.Tests.PlatformSpecs;
using Pond.Tests.Storage;
using Pond.Touches;

namespace Pond.Tests.Touches;

/// <summary>A thousand members, ten campaigns, one day.</summary>
[Rule("TCH-02"), Rule("TCH-03")]
public sealed class CappingADay
{
    private const int Members = 1_000;

    private static readonly Occasion[] Campaigns =
    [
        Occasion.Announcement, Occasion.RepurchaseDue, Occasion.Birthday, Occasion.TierEnding, Occasion.PointsEnding,
        Occasion.CouponEnding, Occasion.PromotionOpening, Occasion.BargainEnding, Occasion.GroupEnding,
        Occasion.Announcement,
    ];

    private static readonly Dictionary<Occasion, MessageTemplate> Templates =
        Campaigns.Distinct().ToDictionary(occasion => occasion, occasion => new MessageTemplate(
            occasion, 1, "t", [new TemplateField("thing1", TouchValues.Title, null)]));

    private readonly MemoryPartitionStore store = new();

    [Fact]
    public async Task Nobody_gets_more_than_three_the_best_come_first_and_the_report_explains_the_rest()
    {
        var bench = await PlatformBench.On(store);
        var evening = HandClock.Start.AddHours(9); // nine in the evening: from then on nothing is worth telling
        for (var number = 0; number < Members; number++) await Prepare(bench, number, evening);
        for (var hour = 0; hour < 6; hour++)
        {
            for (var number = 0; number < Members; number++) await Visit(bench, IdOf(number));
            bench.Clock.Advance(TimeSpan.FromMinutes(61));
        }

        var rows = store.Everything();
        var touches = rows.Where(row => row.Place.Key.StartsWith($"{TouchRows.Prefix}:", StringComparison.Ordinal))
            .Select(row => (row.Place.Partition, Touch: Stored.Read<Touch>(row.Data))).ToLookup(row => row.Partition, row => row.Touch);
        Assert.Equal(Members, touches.Count);
        Assert.All(touches, mine => Assert.Equal(
            [Occasion.GroupEnding, Occasion.BargainEnding, Occasion.PromotionOpening],
            mine.Where(touch => touch.State is TouchState.Sent).OrderBy(touch => touch.At).Select(touch => touch.Occasion)));
        Assert.All(touches.SelectMany(mine => mine), touch => Assert.True(
            touch.State is TouchState.Sent || touch is { State: TouchState.Dropped, Reason: DropReasons.Capped }));

        var tally = Tally(rows);
        Assert.Equal(Members * Campaigns.Length, Total(tally, TouchCounts.Planned));
        Assert.Equal(Members * GovernorRules.DailyCap, Total(tally, TouchCounts.Sent));
        Assert.Equal(
            Members * (Campaigns.Length - GovernorRules.DailyCap),
            Enum.GetValues<Occasion>().SelectMany(tally.Dropped).Sum(dropped => dropped.Count));
    }

    [Fact]
    public void A_place_is_kept_for_what_is_worth_more_later_that_day()
    {
        var rows = Member();
        Plan(rows, Occasion.GroupEnding, "later", HandClock.Start.AddHours(5));
        foreach (var id in new[] { "a", "b", "c" }) Plan(rows, Occasion.Announcement, id, HandClock.Start);

        Govern(rows, HandClock.Start);
        Assert.Equal("reserved 1, waiting 2, tomorrow 1", Standing(rows));
        Govern(rows, HandClock.Start.AddHours(1));
        Govern(rows, HandClock.Start.AddHours(2));
        Assert.Equal("reserved 2, waiting 1, tomorrow 1", Standing(rows));
        Govern(rows, HandClock.Start.AddHours(5));
        Assert.Equal("reserved 3, waiting 0, tomorrow 1", Standing(rows));
        Govern(rows, HandClock.Start.AddHours(20)); // the next morning
        Assert.Equal("reserved 4, waiting 0, tomorrow 0", Standing(rows));
        Assert.False(rows.HasClash);
    }

    private static async Task Prepare(PlatformBench bench, int number, DateTimeOffset evening)
    {
        var id = IdOf(number);
        var partition = MemberRows.Partition(id);
        await bench.Insert(partition, MemberRows.Head, Standing(id));
        await bench.Insert(partition, TouchRows.Book, Book());
        foreach (var (occasion, campaign) in Campaigns.Select((occasion, i) => (occasion, $"campaign-{i}")))
        {
            var plan = TouchSteps.Touch(id, occasion, campaign, HandClock.Start) with { Until = evening };
            await bench.Transactor.Run(
                TouchRows.Waiting(id, Touch.KeyOf(occasion, campaign)),
                new Operation("Plan", $"{id}-{campaign}", null),
                (desk, now) => PlanRules.Plan(desk, plan, now),
                CancellationToken.None);
        }
    }

    private static async Task Visit(PlatformBench bench, string id)
    {
        var now = bench.Clock.GetUtcNow();
        var waiting = await TouchRows.FindWaiting(bench.Inner, MemberRows.Partition(id), CancellationToken.None);
        if (waiting.Count == 0) return;
        var stands = waiting.Where(touch => touch.NotBefore <= now).ToDictionary(touch => touch.Key(), _ => true);
        var decision = await bench.Transactor.Run(
            TouchRows.Waiting(id),
            new Operation("Govern", $"{id}-{now.UtcTicks}", null),
            (desk, at) => GovernorRules.Govern(desk, stands, Templates, at),
            CancellationToken.None);
        foreach (var move in decision.Facts.SelectMany(fact => fact.Moves).Where(move => move.After.State is TouchState.Reserved))
        {
            var key = move.After.Key();
            await Run(bench, id, key, "begin", (desk, at) => SendRules.Begin(desk, key, stands: true, at));
            await Run(bench, id, key, "end", (desk, at) => SendRules.End(desk, key, new SendOutcome.Sent(), at));
        }
    }

    private static async Task Run(
        PlatformBench bench, string id, string key, string what,
        Func<TouchDesk, DateTimeOffset, Decision<TouchesMoved>> decide) => await bench.Transactor.Run(
        TouchRows.Of(id, key), new Operation(what, id + key, null), decide, CancellationToken.None);

    // What the messages of all outboxes add up to, as the report's function does.
    private static TouchTally Tally(IEnumerable<ScannedRow> rows) => rows
        .Where(row => row.Place.Key.StartsWith($"{OutboxRow.Waiting}:", StringComparison.Ordinal))
        .Select(row => Stored.Read<OutboxRow>(row.Data))
        .Where(row => row.Queue == TouchSendMessages.CountQueue)
        .Aggregate(TouchTally.Empty, (tally, row) => tally.With(Stored.Read<TouchesCountedV1>(row.Body).Counts));

    private static int Total(TouchTally tally, string outcome) =>
        Enum.GetValues<Occasion>().Sum(occasion => tally.Of(occasion, outcome));

    private static string IdOf(int number) => $"member{number:D4}";

    private static MemberStanding Standing(string id) => new(
        id, MemberStatus.Active, MergedInto: null, new Consents(1, "1", Marketing: true, Personalization: false, HandClock.Start));

    private static TouchBook Book() => TouchBook.Empty with { Credits = [new Credit("t", 20, 0, 0, null)] };

    private static LayoutRows Member()
    {
        var rows = new LayoutRows();
        rows.Put(MemberRows.Head, Standing("m"));
        rows.Put(TouchRows.Book, Book());
        return rows;
    }

    private static void Plan(LayoutRows rows, Occasion occasion, string id, DateTimeOffset at) => rows.Run(
        TouchRows.Waiting("m", Touch.KeyOf(occasion, id)),
        desk => PlanRules.Plan(desk, TouchSteps.Touch("m", occasion, id, at), HandClock.Start));

    private static void Govern(LayoutRows rows, DateTimeOffset now)
    {
        var layout = TouchRows.Waiting("m");
        var stands = rows.State(layout).Touches.Where(touch => touch.NotBefore <= now)
            .ToDictionary(touch => touch.Key(), _ => true);
        rows.Run(layout, desk => GovernorRules.Govern(desk, stands, Templates, now));
    }

    private static string Standing(LayoutRows rows)
    {
        var touches = rows.Under<Touch>(TouchRows.Prefix);
        var waiting = touches.Where(touch => touch.State is TouchState.Planned).ToArray();
        var tomorrow = waiting.Count(touch => ChinaDay.Of(touch.NotBefore) != ChinaDay.Of(HandClock.Start));
        return $"reserved {touches.Count(touch => touch.State is TouchState.Reserved)}, "
            + $"waiting {waiting.Length - tomorrow}, tomorrow {tomorrow}";
    }
}

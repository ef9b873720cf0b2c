using System.Globalization;
using Pond.LocalHost.WeChatSandbox;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Tests.Simulation.Flows;

/// <summary>
/// Shoppers say "yes" to messages, and sometimes no to all that advertises; each is told a thing once at most, and what
/// counts as sent has come.
/// </summary>
internal sealed class BeingReminded : Flow
{
    private const int Reminded = 2;
    private const int YesAtFirst = 4; // more than a day's cap
    private const int Ids = 8;

    // Nobody knows the group that ends soon: by its time that has lapsed.
    private static readonly Occasion[] Occasions =
        [Occasion.Announcement, Occasion.GroupDone, Occasion.GroupEnding];

    private readonly List<SimulatedPhone> shoppers = [];
    private int plans;

    public override int Weight => 6;

    public override async Task Open(World world)
    {
        foreach (var occasion in Occasions)
        {
            var set = await world.Owner.Put($"/api/operator/message-templates/{occasion}", new
            {
                version = 0,
                templateId = TemplateOf(occasion),
                fields = new[] { new { name = "thing1", shows = TouchValues.Title } },
                reason = "模拟",
            });
            Assert.True(set.IsSuccess, $"{set.Status} {set.Body}");
        }

        for (var number = 0; number < Reminded; number++)
        {
            var shopper = new SimulatedPhone(world, $"reminded-{number}");
            await Consent(shopper, marketing: true);
            for (var time = 0; time < YesAtFirst; time++) await SayYes(world, shopper, Occasions);
            shoppers.Add(shopper);
        }
    }

    public override async Task Visit(World world, SimulatedPhone phone)
    {
        var shopper = world.Chance.OneOf(shoppers);
        if (world.Chance.Below(2) == 0) await SayYes(world, shopper, [world.Chance.OneOf(Occasions)]);
        for (var times = 2 + world.Chance.Below(4); times > 0; times--) Plan(world, shopper);
        if (world.Chance.Below(4) > 0) return;
        await world.Pause(world.Chance.Between(TimeSpan.Zero, TimeSpan.FromMinutes(3)));
        await Consent(shopper, marketing: world.Chance.Below(2) == 0);
    }

    public override Task Look(World world)
    {
        var messages = world.WeChat.Sandbox.Subscriptions.Messages;
        Assert.Distinct(messages.Select(message => (message.OpenId, message.TemplateId, message.Data["thing1"])));
        var service = Occasions.Where(OccasionRules.IsService).Select(TemplateOf).ToArray();
        var advertised = messages.Where(message => !service.Contains(message.TemplateId))
            .GroupBy(message => (message.OpenId, Pond.Kernel.ChinaDay.Of(message.SentAt)));
        Assert.All(advertised, ofDay => Assert.True(ofDay.Count() <= GovernorRules.DailyCap, $"{ofDay.Key}"));
        foreach (var shopper in shoppers)
        {
            var (from, until) = Keys.Under(TouchRows.Prefix);
            var touches = world.Rows.Look(
                    Pond.Members.MemberRows.Partition(shopper.MemberId), from, until, StoreLimits.RowsPerPageMax).Rows
                .Select(row => Stored.Read<Touch>(row.Data)).ToArray();
            var openId = Shoppers.OpenIdOf(MiniProgramApi.AppId, shopper.Name);
            var came = messages.Where(message => message.OpenId == openId)
                .Select(message => (message.TemplateId, message.Data["thing1"])).ToHashSet();
            foreach (var touch in touches)
            {
                var hasCome = came.Contains((TemplateOf(touch.Occasion), touch.OccasionId));
                Assert.True(hasCome || touch.State is not TouchState.Sent, $"{touch} has not come");
                Assert.True(!hasCome || touch.State is TouchState.Sent or TouchState.Unknown, $"{touch} has come");
            }
        }

        return Task.CompletedTask;
    }

    private static string TemplateOf(Occasion occasion) => $"sim-{occasion}";

    private static Task<Reply> Consent(SimulatedPhone shopper, bool marketing) =>
        shopper.Put("/api/me/consents", new { policyVersion = "1", marketing, personalization = false });

    private static async Task SayYes(World world, SimulatedPhone shopper, Occasion[] occasions)
    {
        var openId = Shoppers.OpenIdOf(MiniProgramApi.AppId, shopper.Name);
        foreach (var occasion in occasions) world.WeChat.Sandbox.Subscriptions.Accept(openId, TemplateOf(occasion));
        await shopper.Post(
            "/api/me/subscriptions",
            new { results = occasions.Select(occasion => new { templateId = TemplateOf(occasion), result = "accept" }) });
    }

    // As another slice's commit leaves it: an outbox row, and a hint that leads there.
    private void Plan(World world, SimulatedPhone shopper)
    {
        var now = world.Scheduler.GetUtcNow();
        var (number, occasion) = (world.Chance.Below(Ids), world.Chance.OneOf(Occasions));
        var planned = new TouchPlannedV1(
            shopper.MemberId, occasion, $"{occasion}-{number}",
            new Dictionary<string, string> { [TouchValues.Title] = $"{occasion}-{number}" }, "pages/index", null, now,
            now.AddHours(1 + world.Chance.Below(40)), now);
        var partition = $"planner:{(plans++).ToString(CultureInfo.InvariantCulture)}";
        var row = OutboxRow.Of(new Operation(nameof(Plan), partition, null), 0, TouchMessages.Planned(planned), now);
        world.Rows.Commit(partition, [new Write.Insert(row.Key, Stored.Write(row))]);
        world.Rows.Commit(
            DueHints.PartitionOf(DueHints.Outbox, world.Chance.Below(DueHints.Shards)),
            [new Write.Insert(DueHints.RowOf(now, partition), Stored.Write(new Hint(partition, IsLastLook: false)))]);
    }
}

using Pond.Bargains;
using Pond.Orders;
using Pond.Platform;
using Pond.Products;

namespace Pond.Tests.Simulation.Flows;

/// <summary>
/// Bargaining with friends who tap twice, ordering while they still cut, cancelling and ordering again, in one bargain
/// that lasts and one that ends meanwhile: every help counts once, and every right of a day is a cut or is free.
/// </summary>
internal sealed class Bargaining : Flow
{
    private const int Stock = 30;
    private const int Pieces = 6;
    private const int Pals = 7;
    private const int PalsMax = 5;
    private const int HelpsPerDay = 3;
    private const int AttemptsPerMember = 4;
    private const int Cuts = 4;
    private const long PriceFen = 2_000;
    private const long FloorFen = 500;

    private static readonly TimeSpan ShortBargain = TimeSpan.FromMinutes(9);

    private readonly List<SimulatedPhone> pals = [];
    private readonly Dictionary<SimulatedPhone, SimulatedPhone> owners = [];
    private readonly List<(SimulatedPhone Owner, string Path, string Key, string AttemptId)> started = [];
    private readonly List<(SimulatedPhone Pal, string AttemptId, Reply Reply)> helps = [];
    private readonly List<(SimulatedPhone Owner, string Path, string Key, string OrderId)> ordered = [];
    private string skuId = "";
    private string[] activityIds = [];

    public override int Weight => 14;

    public override async Task Open(World world)
    {
        skuId = await Shop.Sell(world, "bargain-tea", PriceFen, Stock, shards: 1);
        activityIds =
        [
            await Publish(world, "buyAnyTime", isShort: false), await Publish(world, "floorOnly", isShort: false),
            await Publish(world, "buyAnyTime", isShort: true),
        ];
        for (var number = 0; number < Pals; number++) pals.Add(new SimulatedPhone(world, $"pal-{number}"));
    }

    public override async Task Visit(World world, SimulatedPhone phone)
    {
        if (!owners.TryGetValue(phone, out var owner))
            owners[phone] = owner = new SimulatedPhone(world, $"bargainer-{owners.Count}");
        if (await Start(world, owner, world.Chance.OneOf(activityIds)) is not { } attemptId) return;

        var first = world.Chance.Below(Pals);
        var count = 1 + world.Chance.Below(PalsMax);
        var helping = Task.WhenAll(Enumerable.Range(first, count).Select(i => Help(world, pals[i % Pals], attemptId)));
        if (world.Chance.Below(3) == 0) await world.Pause(world.Chance.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        else await helping;
        await Buy(world, owner, attemptId);
        await helping;
    }

    public override async Task Look(World world)
    {
        var rows = world.StoredRows();
        var attempts = rows.Where(row => row.Key == AttemptRows.Head && row.Partition.StartsWith("b:", StringComparison.Ordinal))
            .Select(row => Stored.Read<Attempt>(row.Data)).ToDictionary(attempt => attempt.Id);
        var made = rows.Where(row => row.Partition.StartsWith("b:", StringComparison.Ordinal) && row.Key.StartsWith("help:", StringComparison.Ordinal))
            .Select(row => (AttemptId: row.Partition[2..], Help: Stored.Read<Help>(row.Data))).ToArray();
        LookAtHelps(made);
        foreach (var pal in pals) LookAtDay(rows, pal, [.. made.Where(one => one.Help.MemberId == pal.MemberId).Select(one => one.AttemptId)]);
        LookAtOrders(rows, attempts);
        LookAtAttempts(world, rows, attempts);
        LookAtStock(rows);
        foreach (var (owner, path, key, attemptId) in started)
            Assert.Equal(attemptId, (await owner.Send("POST", path, key: key)).Body.Text("attemptId"));
        foreach (var (owner, path, key, orderId) in ordered)
            Assert.Equal(orderId, (await owner.Send("POST", path, new { }, key)).Body.Text("orderId"));
    }

    private async Task<string> Publish(World world, string mode, bool isShort)
    {
        var now = world.Scheduler.GetUtcNow();
        var drafted = await world.Owner.Post("/api/operator/bargains", new
        {
            name = "龙井砍到底",
            startsAt = now.AddHours(-1),
            endsAt = isShort ? now + ShortBargain : now.AddDays(2),
            skuId,
            pieces = Pieces,
            floorFen = FloorFen,
            cuts = Cuts,
            hours = 1,
            mode,
            helpsPerDay = HelpsPerDay,
            attemptsPerMember = AttemptsPerMember,
            hasNewcomerStep = isShort,
            details = "每人限购一件，砍到底价后请尽快下单。",
        });
        var id = drafted.Body.Text("activityId");
        Assert.True((await world.Owner.Put($"/api/operator/activities/{id}/state", new { state = "published" })).IsSuccess);
        return id;
    }

    private async Task<string?> Start(World world, SimulatedPhone owner, string activityId)
    {
        var (path, key) = ($"/api/bargains/{activityId}/attempts", owner.NewKey());
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 1 + world.Chance.Below(2)).Select(_ => owner.Send("POST", path, key: key)));
        var told = replies.Where(reply => reply.IsSuccess).Select(reply => reply.Body.Text("attemptId")).Distinct().ToArray();
        Assert.InRange(told.Length, 0, 1);
        if (told is [var attemptId])
        {
            started.Add((owner, path, key, attemptId));
            return attemptId;
        }

        return replies.Where(reply => reply.Code == "bargain.live").Select(reply => reply.Body.Text("attemptId")).FirstOrDefault();
    }

    private async Task Help(World world, SimulatedPhone pal, string attemptId)
    {
        var taps = 1 + (world.Chance.Below(3) == 0 ? 1 : 0);
        var replies = await Task.WhenAll(
            Enumerable.Range(0, taps).Select(_ => pal.Post($"/api/attempts/{attemptId}/cuts")));
        helps.AddRange(replies.Select(reply => (pal, attemptId, reply)));
        foreach (var reply in replies.Where(reply => reply.IsSuccess && replies.Length == 1)) // by the very help that counts
            Assert.DoesNotContain(reply.Heard, heard => heard.IsRefused && !MayPass(world, heard));
    }

    // A token is renewed, an order that was in the way is cancelled, and of two clocks one may say that it is over.
    private static bool MayPass(World world, Reply heard) => heard.Code switch
    {
        "auth.unauthenticated" or "bargain.ordered" => true,
        "bargain.over" => world.Plan.ClocksDiffer > TimeSpan.Zero,
        _ => false,
    };

    // Some pay, some cancel and order again, some walk away.
    private async Task Buy(World world, SimulatedPhone owner, string attemptId)
    {
        for (var tries = world.Chance.Below(4); tries > 0; tries--)
        {
            var (path, key) = ($"/api/attempts/{attemptId}/order", owner.NewKey());
            var placed = await owner.Send("POST", path, new { }, key);
            if (!placed.IsSuccess) return;
            var orderId = placed.Body.Text("orderId");
            ordered.Add((owner, path, key, orderId));
            if (world.Chance.Below(2) == 0)
            {
                await owner.Post($"/api/orders/{orderId}/cancellation", new { });
                await world.Pause(TimeSpan.FromSeconds(2));
                continue;
            }

            var paying = await owner.Post($"/api/orders/{orderId}/payment");
            if (world.Chance.Below(3) > 0) Thumb.Pay(world, owner, paying);
            return;
        }
    }

    /// <summary>Who was told of a cut has made that cut, and nobody has made one whose every wish was refused.</summary>
    private void LookAtHelps((string AttemptId, Help Help)[] made)
    {
        foreach (var wishes in helps.GroupBy(help => (help.Pal, help.AttemptId)))
        {
            var (pal, attemptId) = wishes.Key;
            var help = made.SingleOrDefault(one => one.AttemptId == attemptId && one.Help.MemberId == pal.MemberId).Help;
            foreach (var (_, _, reply) in wishes.Where(wish => wish.Reply.IsSuccess))
                Assert.Equal((help?.Number, help?.CutFen), ((int)reply.Body.Whole("number"), reply.Body.Whole("cutFen")));
            if (wishes.All(wish => wish.Reply.IsRefused && !wish.Reply.IsOpen)) Assert.Null(help);
        }
    }

    /// <summary>I19: no more helps than a day allows, and each right that is held is one of them.</summary>
    private static void LookAtDay(StoredRow[] rows, SimulatedPhone pal, string[] helped)
    {
        Assert.InRange(helped.Length, 0, HelpsPerDay);
        var day = rows.Where(row => row.Partition == HelperRows.Partition(pal.MemberId) && row.Key == HelperRows.Head)
            .Select(row => Stored.Read<HelperDay>(row.Data)).SingleOrDefault();
        Assert.Equal(helped.Order(), (day?.Holds ?? []).Select(hold => hold.AttemptId).Order());
    }

    /// <summary>I20: one order that was not given up, at the price that the attempt has come to.</summary>
    private static void LookAtOrders(StoredRow[] rows, Dictionary<string, Attempt> attempts)
    {
        var orders = OrdersOf(rows).ToLookup(order => order.Deal!.SubjectId);
        foreach (var attempt in attempts.Values)
        {
            var kept = orders[attempt.Id].Where(order => order.State is not OrderState.Cancelled).ToArray();
            Assert.InRange(kept.Length, 0, 1);
            Assert.Equal(kept.Length == 1, attempt.State is AttemptState.Done);
            Assert.NotEqual(AttemptState.Ordered, attempt.State);
            Assert.All(kept, order => Assert.Equal(
                (attempt.OrderId, attempt.PriceFen), (order.Id, order.Cart.PayableFen())));
        }
    }

    private void LookAtAttempts(World world, StoredRow[] rows, Dictionary<string, Attempt> attempts)
    {
        var now = world.Scheduler.GetUtcNow();
        var begun = rows.Where(row => row.Key == StartRows.Head && row.Partition.StartsWith("bm:", StringComparison.Ordinal))
            .SelectMany(row => Stored.Read<Starts>(row.Data).AttemptIds);
        Assert.Equal(begun.Order(), attempts.Keys.Order());
        Assert.All(started, one => Assert.Contains(one.AttemptId, attempts.Keys));
        foreach (var own in attempts.Values.GroupBy(attempt => (attempt.ActivityId, attempt.MemberId)))
        {
            Assert.InRange(own.Count(), 1, AttemptsPerMember);
            Assert.InRange(own.Count(attempt => attempt.IsWaiting && now < attempt.Deadline), 0, 1);
        }
    }

    private void LookAtStock(StoredRow[] rows)
    {
        var own = activityIds.Select(id => $"{id}.{skuId}").Prepend(skuId)
            .Select(stock => StockRows.Partition(stock, shard: 0)).ToHashSet();
        var heads = rows.Where(row => own.Contains(row.Partition) && row.Key == StockRows.Head)
            .Select(row => Stored.Read<StockShard>(row.Data)).ToArray();
        Assert.Equal(0, heads.Sum(head => head.Reserved));
        var sold = OrdersOf(rows).Count(order =>
            activityIds.Contains(order.Deal!.ActivityId) && order.State is not OrderState.Cancelled);
        Assert.Equal(Stock - sold, heads.Sum(head => head.OnHand));
    }

    private static IEnumerable<Order> OrdersOf(StoredRow[] rows) => rows
        .Where(row => row.Partition.StartsWith("m:", StringComparison.Ordinal) && row.Key.StartsWith(OrderRows.Prefix + ":", StringComparison.Ordinal))
        .Select(row => Stored.Read<Order>(row.Data)).Where(order => order.Deal is not null);
}

using System.Text.Json;
using Pond.Platform;

namespace Pond.Tests.Simulation.Flows;

/// <summary>
/// A crowd that wants the few pieces of a flash sale, or of one for invited people: some pay, some think again, some
/// walk away, and what they leave the next ones get.
/// </summary>
internal sealed class RushingForDrops : Flow
{
    internal const int Pieces = 4;
    internal const int PerBuyer = 2;
    internal const int Shards = 2;
    private const int Codes = 3;
    private const int Buyers = 9;
    private const int Crowd = 4;
    private const int PollsMax = 6;

    private readonly List<DropTry> tries = [];
    private readonly Dictionary<int, SimulatedPhone> buyers = [];
    private string skuId = "";
    private string hotId = "";
    private string inviteOnlyId = "";
    private string[] codes = [];

    public override int Weight => 12;

    public override async Task Open(World world)
    {
        skuId = await Shop.Sell(world, "biluochun", priceFen: 2_000, stock: 2 * Pieces, shards: 2);
        hotId = await Publish(world, skuId, isInviteOnly: false);
        inviteOnlyId = await Publish(world, skuId, isInviteOnly: true);
        var issued = await world.Owner.Post($"/api/operator/flash-sales/{inviteOnlyId}/f-codes", new { count = Codes });
        codes = [.. issued.Body.GetProperty("fCodes").EnumerateArray().Select(code => code.GetString()!)];
    }

    public override Task Visit(World world, SimulatedPhone phone) => Task.WhenAll(
        Enumerable.Range(0, Crowd).Select(_ => Buyer(world)).ToArray().Select(buyer => Rush(world, buyer)));

    public override async Task Look(World world)
    {
        var books = new BooksOfDrops(world, skuId, hotId, inviteOnlyId);
        books.AssertAll(tries);
        await Task.WhenAll(buyers.Values.Select(buyer => Ask(world, buyer)));
    }

    // Whoever was told of a claim is told of the same one again, also by a process that knows that nothing is left.
    private async Task Ask(World world, SimulatedPhone buyer)
    {
        foreach (var told in tries.Where(one => one.Buyer == buyer && one.Reply.IsSuccess))
        {
            await Claim(world, buyer, told.SaleId, told.FCode, buyer.NewKey()); // mostly: nothing is left
            var again = await Claim(world, buyer, told.SaleId, told.FCode, told.Key);
            Assert.True(again.IsSuccess, $"{buyer.Name} asks again for {told.ClaimId}: {again.Status} {again.Code}");
            Assert.Equal(told.ClaimId, again.Body.Text("claimId"));
        }
    }

    private async Task Rush(World world, SimulatedPhone buyer)
    {
        var isInvited = world.Chance.Below(3) == 0;
        var (saleId, fCode) = isInvited ? (inviteOnlyId, world.Chance.OneOf(codes)) : (hotId, null);
        var key = buyer.NewKey();
        var reply = await Claim(world, buyer, saleId, fCode, key);
        if (buyer.MemberId.Length > 0) tries.Add(new DropTry(buyer, saleId, key, fCode, reply));
        if (reply.IsSuccess) await GoOn(world, buyer, reply.Body.Text("claimId"));
    }

    private static async Task<Reply> Claim(
        World world, SimulatedPhone buyer, string saleId, string? fCode, string key)
    {
        var ticket = fCode is null
            ? await buyer.Send("POST", $"/api/flash-sales/{saleId}/tickets", null, key: null)
            : Reply.None;
        return await buyer.Send(
            "POST", $"/api/flash-sales/{saleId}/claims",
            new { ticket = ticket.IsSuccess ? ticket.Body.Text("ticket") : null, fCode }, key);
    }

    private static async Task GoOn(World world, SimulatedPhone buyer, string claimId)
    {
        var claim = Reply.None;
        for (var poll = 0; poll < PollsMax && !IsOrdered(claim); poll++)
        {
            await world.Pause(world.Chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)));
            claim = await buyer.Get($"/api/claims/{claimId}");
            Assert.True(claim.IsSuccess || claim.IsUnknown, $"{claimId} was claimed: {claim.Status} {claim.Code}");
        }

        if (!IsOrdered(claim)) return;
        var (orderId, mind) = (claim.Body.Text("orderId"), world.Chance.Below(7));
        if (mind == 0) return; // walks away
        if (mind is 1 or 2) await buyer.Post($"/api/orders/{orderId}/cancellation", new { });
        else await Pay(world, buyer, orderId, mind);
    }

    private static bool IsOrdered(Reply claim) => claim.IsSuccess && claim.Body.Text("state") == "ordered";

    private static async Task Pay(World world, SimulatedPhone buyer, string orderId, int mind)
    {
        var paying = await buyer.Post($"/api/orders/{orderId}/payment");
        if (!paying.IsSuccess || paying.Body.Text("state") != "ready") return;
        world.WeChat.OnPhones.Add($"{orderId}-01");
        var hesitation = mind == 3 ? TimeSpan.FromMinutes(6) : TimeSpan.FromMinutes(1); // or too late
        await world.Pause(world.Chance.Between(TimeSpan.Zero, hesitation));
        var cancelling = mind == 4 ? buyer.Post($"/api/orders/{orderId}/cancellation", new { }) : null;
        Thumb.Pay(world, buyer, paying);
        if (cancelling is not null) await cancelling;
        if (mind == 5) await world.Owner.Post($"/api/operator/orders/{orderId}/refunds", new { reason = "缺货" });
    }

    private SimulatedPhone Buyer(World world)
    {
        var number = world.Chance.Below(Buyers);
        if (!buyers.TryGetValue(number, out var buyer))
            buyers[number] = buyer = new SimulatedPhone(world, $"buyer-{number}");
        return buyer;
    }

    private static async Task<string> Publish(World world, string skuId, bool isInviteOnly)
    {
        var now = world.Scheduler.GetUtcNow();
        var drafted = await world.Owner.Post("/api/operator/flash-sales", new
        {
            name = "秒杀",
            skuId,
            priceFen = 990,
            pieces = Pieces,
            shards = isInviteOnly ? 1 : Shards,
            isHot = !isInviteOnly,
            isInviteOnly,
            perMember = PerBuyer,
            payMinutes = 5,
            startsAt = now,
            endsAt = now.AddDays(1),
        });
        Assert.True(drafted.IsSuccess, $"{drafted.Status} {drafted.Body}");
        var saleId = drafted.Body.Text("activityId");
        var published = await world.Owner.Put($"/api/operator/activities/{saleId}/state", new { state = "published" });
        Assert.True(published.IsSuccess, $"{published.Status} {published.Body}");
        return saleId;
    }
}

/// <summary>Somebody has tried to claim, and this is what they were told.</summary>
internal sealed record DropTry(SimulatedPhone Buyer, string SaleId, string Key, string? FCode, Reply Reply)
{
    /// <summary>That they were told of.</summary>
    public string ClaimId => Reply.Body.Text("claimId");

    /// <summary>With what the claim of this wish ends, should there be one.</summary>
    public string Seed => Ids.From($"{Buyer.MemberId}|{Key}");
}

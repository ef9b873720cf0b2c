using Pond.FlashSales;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Products;

namespace Pond.Tests.Simulation.Flows;

/// <summary>What must be true of flash sales when all is quiet, whoever was told what.</summary>
internal sealed class BooksOfDrops
{
    private static readonly OrderState[] PaidStates =
        [OrderState.Paid, OrderState.Shipped, OrderState.Completed, OrderState.Refunded];

    /// <summary>Why a slot may go back. That a piece was not free yet is no reason.</summary>
    private static readonly string[] Reasons =
    [
        "flash_sale.not_paid", "flash_sale.too_late", "flash_sale.code_unknown", "flash_sale.code_used", "order.abandoned",
    ];

    private readonly StoredRow[] rows;
    private readonly SlotClaim[] claims;
    private readonly Order[] orders;
    private readonly string skuId;
    private readonly string[] saleIds;

    public BooksOfDrops(World world, string skuId, params string[] saleIds)
    {
        (this.skuId, this.saleIds) = (skuId, saleIds);
        rows = world.StoredRows();
        claims = [.. Under<SlotClaim>("f:", "claim")];
        orders = [.. Under<Order>("m:", OrderRows.Prefix)];
    }

    public void AssertAll(IReadOnlyList<DropTry> tries)
    {
        Assert.All(claims, AssertEnded);
        foreach (var saleId in saleIds) AssertSale(saleId);
        foreach (var code in Under<FCode>("f:", "code")) AssertCode(code);
        foreach (var one in tries) AssertTold(one);
    }

    private IEnumerable<T> Under<T>(string partition, string prefix) => rows
        .Where(row => row.Partition.StartsWith(partition, StringComparison.Ordinal)
            && row.Key.StartsWith(prefix + ":", StringComparison.Ordinal))
        .Select(row => Stored.Read<T>(row.Data));

    /// <summary>FLS-04: it is paid, and so is one order of it, or its slot went back for a reason.</summary>
    private void AssertEnded(SlotClaim claim)
    {
        Order[] standing =
            [.. orders.Where(order => order.Deal?.SubjectId == claim.Id && order.State is not OrderState.Cancelled)];
        if (claim.State is SlotClaimState.Paid)
        {
            Assert.Equal(claim.OrderId, Assert.Single(standing).Id);
            Assert.Contains(standing[0].State, PaidStates);
            return;
        }

        Assert.Equal(SlotClaimState.Returned, claim.State);
        Assert.Empty(standing);
        Assert.Contains(claim.Why!.Code, Reasons);
    }

    /// <summary>FLS-03: each slot is in one place, and stock and slots tell the same.</summary>
    private void AssertSale(string saleId)
    {
        SlotClaim[] own = [.. claims.Where(claim => claim.FlashSaleId == saleId && claim.HasSlot)];
        Drop[] drops =
        [
            .. rows.Where(row => row.Partition.StartsWith($"f:{saleId}:", StringComparison.Ordinal) && row.Key == DropRows.Head)
                .Select(row => Stored.Read<Drop>(row.Data)),
        ];
        var free = drops.SelectMany(drop => drop.Free).SelectMany(range => Enumerable.Range(range.From, range.Count));
        Assert.Distinct(free.Concat(own.Select(claim => claim.Slot)));
        Assert.InRange(own.Length, 0, RushingForDrops.Pieces);
        Assert.All(own.GroupBy(claim => claim.MemberId), each => Assert.InRange(each.Count(), 1, RushingForDrops.PerBuyer));

        var sold = orders.Count(order => order.Deal?.ActivityId == saleId && order.State is not (OrderState.Cancelled or OrderState.Refunded));
        var partitions = Enumerable.Range(0, RushingForDrops.Shards)
            .Select(shard => StockRows.Partition($"{saleId}.{skuId}", shard)).ToHashSet();
        StockShard[] stock =
        [
            .. rows.Where(row => partitions.Contains(row.Partition) && row.Key == StockRows.Head)
                .Select(row => Stored.Read<StockShard>(row.Data)),
        ];
        Assert.NotEmpty(stock);
        Assert.Equal((RushingForDrops.Pieces - sold, 0), (stock.Sum(shard => shard.OnHand), stock.Sum(shard => shard.Reserved)));
    }

    /// <summary>INV-05: a code is used by one claim, which is paid.</summary>
    private void AssertCode(FCode code)
    {
        SlotClaim[] own = [.. claims.Where(claim => claim.CodeKey == code.Key && claim.HasSlot)];
        Assert.Equal(code.ClaimId, own.Length == 0 ? null : Assert.Single(own).Id);
        Assert.All(own, claim => Assert.Equal(code.MemberId, claim.MemberId));
    }

    /// <summary>FLS-02: who was told of a claim has it, and who was refused one has none, and deserved it.</summary>
    private void AssertTold(DropTry one)
    {
        SlotClaim[] ofSale = [.. claims.Where(claim => claim.FlashSaleId == one.SaleId)];
        var claim = ofSale.SingleOrDefault(claim => claim.Id.EndsWith(one.Seed, StringComparison.Ordinal));
        if (one.Reply.IsSuccess) Assert.Equal(one.ClaimId, claim?.Id);
        if (!one.Reply.IsRefused) return;
        if (!one.Reply.IsOpen) Assert.Null(claim);
        var mine = ofSale.Where(other => other.MemberId == one.Buyer.MemberId).ToArray();
        var isDeserved = one.Reply.Code switch
        {
            "flash_sale.sold_out" => ofSale.Length >= RushingForDrops.Pieces,
            "flash_sale.limit_reached" => mine.Length >= RushingForDrops.PerBuyer,
            "flash_sale.code_used" => mine.Length >= 1,
            "flash_sale.code_unknown" => ofSale.Any(other => other.MemberId != one.Buyer.MemberId),
            "flash_sale.ticket_needed" => one.FCode is null, // by a clock that is wrong, or after a minute of asking
            "activity.not_open" => true, // by a clock that is wrong
            _ => false,
        };
        Assert.True(isDeserved, $"{one.Buyer.Name} was told {one.Reply.Code}");
    }
}

using Pond.Coupons;
using Pond.Members;
using Pond.Platform;
using Pond.Points;
using Pond.Tiers;

namespace Pond.Tests.Processes;

/// <summary>What must add up in the rows of a storage when all is quiet, whoever wrote them.</summary>
internal sealed class Books
{
    private readonly IReadOnlyList<StoredRow> rows;
    private readonly ILookup<string, StoredRow> byPartition;
    private readonly ILookup<string, Code> codesByTemplate;
    private readonly ILookup<string, (string Partition, Coupon Coupon)> walletsByTemplate;
    private readonly ILookup<string, Gift> giftsByCoupon;

    private Books(IReadOnlyList<StoredRow> rows)
    {
        this.rows = rows;
        byPartition = rows.ToLookup(row => row.Partition, StringComparer.Ordinal);
        codesByTemplate = Values<Code>(rows, CodeRows.Head).ToLookup(code => code.TemplateId, StringComparer.Ordinal);
        walletsByTemplate = rows
            .Where(row => row.Key.StartsWith(WalletRows.Prefix + ":", StringComparison.Ordinal))
            .Select(row => (row.Partition, Coupon: Stored.Read<Coupon>(row.Data)))
            .Where(wallet => wallet.Coupon.State is not (CouponState.Given or CouponState.Reissued or CouponState.Moved))
            .ToLookup(wallet => wallet.Coupon.Terms.TemplateId, StringComparer.Ordinal);
        giftsByCoupon = Values<Gift>(rows, GiftRows.Head).ToLookup(gift => gift.Coupon.Id, StringComparer.Ordinal);
    }

    public static void AssertBalanced(IReadOnlyList<StoredRow> rows) => new Books(rows).AssertAll();

    private void AssertAll()
    {
        foreach (var template in Values<Template>(rows, TemplateRows.Head)) AssertStock(template);
        foreach (var member in rows.Where(row => row.Key == MemberRows.Head).Select(row => row.Partition))
        {
            StoredRow[] own = [.. byPartition[member]];
            AssertPoints(own);
            AssertGrowth(own);
        }

        Assert.DoesNotContain(rows, row => row.IsWaiting);
    }

    /// <summary>
    /// Every slot is free, a code's or claimed, in one place and once, and every claim is in its member's wallet.
    /// </summary>
    private void AssertStock(Template template)
    {
        var partition = TemplateRows.Partition(template.Terms.TemplateId);
        StoredRow[] inShards =
        [
            .. byPartition.Where(one => one.Key.StartsWith(partition + ":", StringComparison.Ordinal)).SelectMany(one => one),
        ];
        var shards = Values<Shard>(inShards, ShardRows.Head);
        var slots = Values<Claim>(inShards, "slot:");
        var claims = Values<Claim>(inShards, "claim:");
        var wallets = walletsByTemplate[template.Terms.TemplateId].ToList();

        var free = shards.SelectMany(shard => shard.Free)
            .SelectMany(range => Enumerable.Range(range.From, range.Count));
        var codes = codesByTemplate[template.Terms.TemplateId].ToList();
        Assert.DoesNotContain(codes, code => code.State is CodeState.Held);
        var unused = codes.Where(code => code.State is CodeState.Free).Select(code => code.Slot);
        int[] all = [.. slots.Select(slot => slot.Slot).Concat(free).Concat(unused)];
        Assert.Null(template.Lowering);
        Assert.Equal(template.Stock, all.Length);
        Assert.Distinct(all);
        Assert.All(all, slot => Assert.InRange(slot, 0, (template.SlotsEver ?? template.Stock) - 1));
        foreach (var batch in Values<CodeBatch>([.. byPartition[partition]], CodeBatchRows.Prefix + ":"))
            AssertCodes(batch, [.. codes.Where(code => code.BatchId == batch.Id)]);
        Assert.Equal(slots.Count, shards.Sum(shard => shard.ClaimedCount));
        Assert.Equal(slots.OrderBy(slot => slot.CouponId), claims.OrderBy(claim => claim.CouponId));
        Assert.All(claims.GroupBy(claim => claim.MemberId), own => Assert.InRange(own.Count(), 1, template.Terms.PerMember));
        Assert.Equal(
            claims.Select(claim => claim.CouponId).Order(),
            wallets.Select(wallet => wallet.Coupon.FirstId ?? wallet.Coupon.Id).Order());
        Assert.All(wallets, wallet => AssertHolder(wallet.Partition, wallet.Coupon, claims));
    }

    /// <summary>Who has a coupon has claimed it or was given it, and one that is offered can be taken.</summary>
    private void AssertHolder(string wallet, Coupon coupon, IReadOnlyList<Claim> claims)
    {
        var claim = claims.Single(claim => claim.CouponId == (coupon.FirstId ?? coupon.Id));
        if (!coupon.IsReceived)
            Assert.Equal(SurvivorOf(MemberRows.Partition(claim.MemberId)), SurvivorOf(wallet));
        var gifts = giftsByCoupon[coupon.Id].ToList();
        Assert.Equal(coupon.State is CouponState.Gifting ? 1 : 0, gifts.Count(gift => gift.State is GiftState.Open));
        Assert.Equal(coupon.IsReceived ? 1 : 0, gifts.Count(gift => gift.State is GiftState.Accepted));
    }

    /// <summary>A batch counts its codes as they are.</summary>
    private static void AssertCodes(CodeBatch batch, IReadOnlyList<Code> codes)
    {
        Assert.Equal(batch.MadeCount, codes.Count);
        Assert.Equal(batch.RedeemedCount, codes.Count(code => code.State is CodeState.Redeemed));
        Assert.Equal(batch.RevokedCount, codes.Count(code => code.State is CodeState.Revoked));
    }

    /// <summary>Where what belonged to a member is now, should the account be merged.</summary>
    private string SurvivorOf(string partition)
    {
        var head = byPartition[partition].Single(row => row.Key == MemberRows.Head);
        return Stored.Read<MemberStanding>(head.Data).MergedInto is { } survivorId
            ? SurvivorOf(MemberRows.Partition(survivorId))
            : partition;
    }

    /// <summary>The ledger has no gap, each line goes on from the one before, and the lots are what is left.</summary>
    private static void AssertPoints(IReadOnlyList<StoredRow> member)
    {
        var entries = Values<Entry>(member, PointsRows.EntryPrefix + ":").OrderBy(entry => entry.Seq).ToList();
        var balance = Values<Balance>(member, PointsRows.BalanceRow).SingleOrDefault() ?? Balance.Empty;
        var lots = Values<PointsRows.LotPage>(member, PointsRows.LotsPrefix + ":").SelectMany(page => page.Lots);

        Assert.Equal(Enumerable.Range(1, (int)balance.Seq), entries.Select(entry => (int)entry.Seq));
        var after = 0L;
        Assert.All(entries, entry => Assert.Equal(after += entry.Points, entry.AfterPoints));
        Assert.Equal(balance.PostedPoints, after);
        Assert.Equal(
            balance.PostedPoints, lots.Sum(lot => lot.RemainingPoints) + balance.HeldPoints - balance.DebtPoints);
        Assert.Equal(
            balance.HeldPoints, Values<Hold>(member, PointsRows.HoldsPrefix + ":").Sum(hold => hold.Points));
        Assert.Distinct(entries.Select(entry => (entry.Cause, entry.Points < 0)));
    }

    /// <summary>The ledger of growth has no gap, books each cause once, and what a member has is its sum.</summary>
    private static void AssertGrowth(IReadOnlyList<StoredRow> member)
    {
        var entries = Values<GrowthEntry>(member, TierRows.EntryPrefix + ":").OrderBy(entry => entry.Seq).ToList();
        var sum = Values<GrowthSum>(member, TierRows.SumRow).SingleOrDefault() ?? GrowthSum.None;
        Assert.Equal(Enumerable.Range(1, (int)sum.Seq), entries.Select(entry => (int)entry.Seq));
        Assert.Equal(sum.TotalGrowth, entries.Sum(entry => entry.Growth));
        Assert.Distinct(entries.Select(entry => entry.Cause));
    }

    /// <summary>Of the row with that key or, when it ends in a colon, of all rows whose key starts so.</summary>
    private static List<T> Values<T>(IReadOnlyList<StoredRow> rows, string key) =>
    [
        .. rows.Where(row => row.Key == key || (key.EndsWith(':') && row.Key.StartsWith(key, StringComparison.Ordinal)))
            .Select(row => Stored.Read<T>(row.Data)),
    ];
}

using System.Globalization;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.FlashSales;

/// <summary>
/// Partition <c>f:{flashSaleId}:{shard}</c>: <c>drop</c> is the head, <c>slot:{number}</c> the slots that are claimed,
/// <c>claim:{claimId}</c> every claim, and <c>taker:{taker}</c> how many slots a WeChat user has. A slot that is
/// claimed is inserted, so none goes twice, whatever else goes wrong. A shard that nobody has touched has no rows.
/// </summary>
public static class DropRows
{
    public const string Head = "drop";
    private const int ShardDigits = 2;
    private const int SlotDigits = 7;

    public static string Partition(string flashSaleId, int shard) =>
        $"f:{flashSaleId}:{Keys.Sortable(shard, ShardDigits)}";

    /// <summary>The shard where somebody claims, always the same one.</summary>
    public static int HomeOf(string taker, int shards) => Convert.ToInt32(Keys.Hash(taker)[..6], 16) % shards;

    /// <summary>The id of a claim says where it is; its last part is not to be guessed.</summary>
    /// <param name="seed">An id.</param>
    public static string ClaimId(string flashSaleId, int shard, string seed) =>
        flashSaleId + Keys.Sortable(shard, ShardDigits) + seed;

    /// <summary>The claim, or null when there is none, or the id is none at all.</summary>
    public static async Task<SlotClaim?> Find(PartitionStore store, string claimId, CancellationToken cancel) =>
        Parse(claimId) is { } place
            ? await store.Find<SlotClaim>(Partition(place.FlashSaleId, place.Shard), ClaimRow(claimId), cancel)
            : null;

    /// <summary>A shard as somebody sees it who has no claim yet.</summary>
    public static Layout<DropDesk, DropEvent> Desk(FlashSale sale, int shard, string taker) => new(
        Partition(sale.Id, shard),
        Head,
        [new Load.One(TakerRow(taker))],
        Read: rows => new DropDesk(
            DropIn(rows, shard, sale.Pieces, sale.Shards), Claim: null, TakenIn(rows, taker)),
        Write: desk => Rows(desk, taker),
        Evolve: DropRules.Evolve,
        Announce: Announce);

    /// <summary>A claim with its slot and its taker, which never change.</summary>
    public static Layout<DropDesk, DropEvent> Of(SlotClaim claim) => new(
        Partition(claim.FlashSaleId, claim.Shard),
        Head,
        [
            new Load.One(ClaimRow(claim.Id)), new Load.One(SlotRow(claim.Slot)), new Load.One(TakerRow(claim.Taker)),
        ],
        Read: rows => new DropDesk(
            rows.Find<Drop>(Head)!, rows.Find<SlotClaim>(ClaimRow(claim.Id)), TakenIn(rows, claim.Taker)),
        Write: desk => Rows(desk, claim.Taker),
        Evolve: DropRules.Evolve,
        Announce: Announce);

    /// <summary>The shard alone.</summary>
    public static Layout<DropDesk, DropEvent> Shard(string flashSaleId, int shard, int pieces, int shards) => new(
        Partition(flashSaleId, shard),
        Head,
        Loads: [],
        Read: rows => new DropDesk(DropIn(rows, shard, pieces, shards), Claim: null, Taken: 0),
        Write: desk => [new StateRow(Head, desk.Drop)],
        Evolve: DropRules.Evolve,
        Announce: Announce);

    /// <summary>All shards, each with what tells whether it has changed since.</summary>
    public static async Task<IReadOnlyList<(Drop Drop, string ETag)>> ReadAll(
        PartitionStore store, FlashSale sale, CancellationToken cancel)
    {
        var heads = await Task.WhenAll(
            Enumerable.Range(0, sale.Shards).Select(shard => store.Find(Partition(sale.Id, shard), Head, cancel)));
        return
        [
            .. heads.Select((row, shard) => row is null
                ? (Drop.Unopened(shard, sale.Pieces, sale.Shards), "")
                : (Stored.Read<Drop>(row.Data), row.ETag)),
        ];
    }

    private static Drop DropIn(LoadedRows rows, int shard, int pieces, int shards) =>
        rows.Find<Drop>(Head) ?? Drop.Unopened(shard, pieces, shards);

    private static int TakenIn(LoadedRows rows, string taker) => rows.Find<TakerCount>(TakerRow(taker))?.Count ?? 0;

    private static string ClaimRow(string claimId) => "claim:" + claimId;

    private static string SlotRow(int slot) => "slot:" + Keys.Sortable(slot, SlotDigits);

    private static string TakerRow(string taker) => "taker:" + taker;

    private static (string FlashSaleId, int Shard)? Parse(string claimId) =>
        claimId.Length == (2 * Ids.IdChars) + ShardDigits
        && Ids.IsId(claimId[..Ids.IdChars]) && Ids.IsId(claimId[^Ids.IdChars..])
        && int.TryParse(
            claimId.AsSpan(Ids.IdChars, ShardDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var shard)
            ? (claimId[..Ids.IdChars], shard)
            : null;

    private static IEnumerable<StateRow> Rows(DropDesk desk, string taker)
    {
        yield return new StateRow(Head, desk.Drop);
        if (desk.Taken > 0) yield return new StateRow(TakerRow(taker), new TakerCount(desk.Taken));
        if (desk.Claim is not { } claim) yield break;
        yield return new StateRow(ClaimRow(claim.Id), claim);
        if (claim.HasSlot) yield return new StateRow(SlotRow(claim.Slot), new SlotOwner(claim.Id));
    }

    private static IEnumerable<Message> Announce(DropEvent fact) => fact switch
    {
        DropEvent.Claimed { Claim: var claim } => [FlashSaleMessages.Claimed(new FlashClaimedV1(claim.Id))],
        DropEvent.Returned { Claim: { CodeKey: { } codeKey } claim } =>
            [FlashSaleMessages.CodeBack(new FCodeBackV1(claim.FlashSaleId, codeKey, claim.Id))],
        DropEvent.SlotsLent { Lending: var lending } => [FlashSaleMessages.Lending(lending)],
        _ => [],
    };

    private sealed record SlotOwner(string ClaimId);
}

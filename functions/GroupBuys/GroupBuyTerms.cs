namespace Pond.GroupBuys;

/// <summary>GRP-01: what a group-buy (拼团) asks for and gives.</summary>
/// <param name="Prices">By SKU.</param>
/// <param name="Steps">
/// Ascending: a group of the first size succeeds, one of the last is full, and every step that is reached takes more
/// off. One step is an ordinary group-buy.
/// </param>
/// <param name="GroupMinutes">How long a group has from its start.</param>
/// <param name="SeatMinutes">How long a seat is kept for whoever is to pay.</param>
/// <param name="PiecesPerOrderMax">Pieces of one order.</param>
/// <param name="OrdersPerMemberMax">Orders of one member that are not given up or paid back.</param>
/// <param name="Joiners">Who may join a group; starting one is open to everybody.</param>
/// <param name="HasMatching">Who pays too late for a group may come into another, which the rules tell.</param>
/// <param name="VirtualFillBp">
/// GRP-08: a group that is short at its end succeeds when so many hundredths of a percent of its first size have paid;
/// null, as a rule, for never. It is told to shoppers.
/// </param>
public sealed record GroupBuyTerms(
    IReadOnlyList<GroupPrice> Prices,
    IReadOnlyList<GroupStep> Steps,
    int GroupMinutes,
    int SeatMinutes,
    int PiecesPerOrderMax,
    int OrdersPerMemberMax,
    JoinerRule Joiners,
    bool HasMatching,
    int? VirtualFillBp)
{
    /// <summary>Seats that have to be paid for a group to succeed.</summary>
    public int Least() => Steps[0].Size;

    /// <summary>Seats that a group has.</summary>
    public int Seats() => Steps[^1].Size;

    /// <summary>What so many paid seats take off a piece.</summary>
    public long OffFen(int paid) => Steps.LastOrDefault(step => step.Size <= paid)?.OffFen ?? 0;

    public GroupPrice? PriceOf(string skuId) => Prices.FirstOrDefault(price => price.SkuId == skuId);
}

/// <summary>What one piece costs.</summary>
/// <param name="PriceFen">Whoever joins.</param>
/// <param name="LeaderFen">Whoever starts a group (GRP-05).</param>
/// <param name="NewcomerFen">A newcomer who joins.</param>
public sealed record GroupPrice(string SkuId, long PriceFen, long LeaderFen, long NewcomerFen);

/// <summary>GRP-09: so many paid seats, and what each piece costs less for everybody.</summary>
public sealed record GroupStep(int Size, long OffFen);

/// <summary>Stored by name: never rename one.</summary>
public enum JoinerRule
{
    Anybody,

    /// <summary>GRP-04, 老带新: members who have never paid an order.</summary>
    Newcomers,
}

using Pond.Members;

namespace Pond.Points;

/// <summary>What this slice keeps of a member, for the member to take along.</summary>
public static class PointsRecords
{
    public static readonly IReadOnlyList<PersonalRecords> All =
    [
        PersonalRecords.Row<Balance>("points", PointsRows.BalanceRow),
        PersonalRecords.Under<PointsRows.LotPage>("pointsLots", PointsRows.LotsPrefix),
        PersonalRecords.Under<Hold>("pointsHolds", PointsRows.HoldsPrefix),
        PersonalRecords.Under<Entry>("pointsEntries", PointsRows.EntryPrefix),
        PersonalRecords.Row<CheckIns>("checkIns", PointsRows.CheckInsRow),
    ];
}

namespace Pond.Tests.PlantedBugs;

/// <summary>A mistake that somebody could make, put into a copy of the app to see whether the simulation finds it.</summary>
/// <param name="Breaks">What goes wrong with it.</param>
internal sealed record PlantedBug(string Name, string Breaks, params Patch[] Patches)
{
    /// <summary>In a patch: whether this bug is the one at work.</summary>
    public const string Switch = "PLANTED";

    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        .. CommitBugs.All, .. DeliveryBugs.All, .. OrderBugs.All, .. PaymentBugs.All, .. PointsBugs.All,
        .. CouponBugs.All, .. StockBugs.All, .. GroupBugs.All, .. BargainBugs.All, .. FlashSaleBugs.All,
        .. ReferralBugs.All, .. TouchBugs.All, .. MendedDefects.All,
    ];
}

/// <summary>A change of one file.</summary>
/// <param name="File">Below functions/.</param>
/// <param name="Old">Text that is there exactly once.</param>
/// <param name="New">What stands there instead.</param>
internal sealed record Patch(string File, string Old, string New)
{
    /// <summary>The text with the change.</summary>
    /// <exception cref="InvalidOperationException">What is to be changed is not there, or more than once.</exception>
    public string ApplyTo(string text, string bug)
    {
        var times = text.Split(Old).Length - 1;
        if (times != 1)
        {
            throw new InvalidOperationException(
                $"The bug '{bug}' changes what functions/{File} has {times} times: \"{Old}\". Plant it anew.");
        }

        var planted = New.Replace(PlantedBug.Switch, $"Pond.Planted.Is(\"{bug}\")", StringComparison.Ordinal);
        return text.Replace(Old, planted, StringComparison.Ordinal);
    }
}

namespace Pond.Bargains;

/// <summary>BRG-01, BRG-02: what a bargain is about. An attempt keeps a copy of it as it was at its start.</summary>
/// <param name="StartFen">What one piece costs before the first cut.</param>
/// <param name="FloorFen">What it costs after the last one: 1 or more.</param>
/// <param name="Cuts">How many lead from one to the other. Shown before the first one.</param>
/// <param name="Hours">That an attempt is open, at most until the bargain ends.</param>
/// <param name="ShareMinBp">The least share that a cut takes of what it could, in hundredths of a percent.</param>
/// <param name="ShareMaxBp">The largest one, itself included.</param>
/// <param name="HelpsPerDay">How often one member helps on a day in China, in all bargains together.</param>
/// <param name="AttemptsPerMember">One after the other.</param>
/// <param name="IsOwnerCutAllowed">Whether one of the cuts may be by whoever began the attempt.</param>
/// <param name="NewHelpersOnly">Whether only members who registered lately help.</param>
/// <param name="HasNewcomerStep">Whether such a member makes the largest cut that is left.</param>
/// <param name="Details">What marketing says of the rules beside what follows from the terms.</param>
public sealed record BargainTerms(
    string SkuId,
    long StartFen,
    long FloorFen,
    int Cuts,
    int Hours,
    int ShareMinBp,
    int ShareMaxBp,
    BargainMode Mode,
    int HelpsPerDay,
    int AttemptsPerMember,
    bool IsOwnerCutAllowed,
    bool NewHelpersOnly,
    bool HasNewcomerStep,
    string Details);

/// <summary>BRG-02. Stored by name: never rename one.</summary>
public enum BargainMode
{
    /// <summary>Only at the floor price.</summary>
    FloorOnly,

    /// <summary>At the price of the moment.</summary>
    BuyAnyTime,
}

/// <summary>
/// What friends have to do beside helping. WeChat allows nothing, so a bargain with any other condition is refused.
/// </summary>
public enum HelpCondition
{
    None,
    Follow,
    Share,
}

/// <summary>Something that an operator should know of a bargain that is in order.</summary>
public sealed record BargainWarning(string Code, string Text);

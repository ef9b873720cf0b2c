using System.Text.Json.Serialization;

namespace Pond.FlashSales;

/// <summary>F 码: the right to buy one piece of one flash sale.</summary>
/// <param name="Key">Stands for the code, which is stored nowhere.</param>
/// <param name="MemberId">The first who claimed with it: nobody else can from then on; null for nobody.</param>
/// <param name="ClaimId">The claim that it is used for; null when it can be used.</param>
public sealed record FCode(string Key, string? MemberId = null, string? ClaimId = null);

/// <summary>What issuing looks at.</summary>
/// <param name="Count">Codes of the flash sale.</param>
/// <param name="Added">Those that this decision adds.</param>
public sealed record FCodeIssue(int Count, IReadOnlyList<FCode> Added);

/// <summary>Codes were issued.</summary>
/// <param name="BatchId">Their codes follow from it.</param>
public sealed record FCodesIssued(
    string FlashSaleId, string Name, string BatchId, IReadOnlyList<FCode> Codes, string OperatorId, DateTimeOffset At);

/// <summary>What can happen to one code. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Used), "used")]
[JsonDerivedType(typeof(Missed), "missed")]
[JsonDerivedType(typeof(Back), "back")]
public abstract record FCodeEvent
{
    private FCodeEvent()
    {
    }

    public sealed record Used(string ClaimId, string MemberId) : FCodeEvent;

    /// <summary>A claim was over before the code was used for it, and never will be used.</summary>
    public sealed record Missed(string ClaimId) : FCodeEvent;

    /// <summary>The claim that it was used for is over: its member can use it again.</summary>
    public sealed record Back(string ClaimId) : FCodeEvent;
}

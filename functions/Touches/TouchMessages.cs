using System.Text.Json.Serialization;
using Pond.Platform;

namespace Pond.Touches;

/// <summary>
/// TCH-05: a member is to be told something, once for each occasion and id, however often it is planned. Every slice
/// says so in the batch of what it follows from.
/// </summary>
/// <param name="OccasionId">Which one: the same however often it is told.</param>
/// <param name="Values">What a message can show, by the names in <see cref="TouchValues"/>.</param>
/// <param name="Page">Of the mini-program, with its query; where the message leads.</param>
/// <param name="PromotionId">What it belongs to; null for none.</param>
/// <param name="NotBefore">When it is worth telling.</param>
/// <param name="Until">From then on it is not any more.</param>
public sealed record TouchPlannedV1(
    string MemberId,
    Occasion Occasion,
    string OccasionId,
    IReadOnlyDictionary<string, string> Values,
    string Page,
    string? PromotionId,
    DateTimeOffset NotBefore,
    DateTimeOffset Until,
    DateTimeOffset At);

/// <summary>What was planned is of no use any more: it is not sent, unless it is on its way.</summary>
public sealed record TouchVoidedV1(string MemberId, Occasion Occasion, string OccasionId, DateTimeOffset At);

/// <summary>What members are told of. Stored by name: never rename one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Occasion>))]
public enum Occasion
{
    /// <summary>A paid group is complete, or is not and the money goes back.</summary>
    GroupDone,

    /// <summary>An order waits for its payment.</summary>
    OrderUnpaid,

    /// <summary>A group ends soon and has seats left.</summary>
    GroupEnding,

    /// <summary>A bargain lacks few cuts, or ends soon.</summary>
    BargainEnding,

    CouponEnding,
    PointsEnding,
    TierEnding,

    /// <summary>Something begins that the member has asked to hear of.</summary>
    PromotionOpening,

    /// <summary>What they bought is used up soon.</summary>
    RepurchaseDue,

    Birthday,

    /// <summary>What marketing tells an audience.</summary>
    Announcement,
}

/// <summary>Names of what a message can show.</summary>
public static class TouchValues
{
    public const string Title = "title";
    public const string Amount = "amount";
    public const string EndsAt = "endsAt";
    public const string Remark = "remark";
}

/// <summary>The queues of this slice.</summary>
public static class TouchMessages
{
    public const string PlanQueue = "touch-plans";
    public const string VoidQueue = "touch-voids";

    public static Message Planned(TouchPlannedV1 planned) => new(PlanQueue, planned);

    public static Message Voided(TouchVoidedV1 voided) => new(VoidQueue, voided);
}

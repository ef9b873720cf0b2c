using System.ComponentModel.DataAnnotations;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Channels;

/// <summary>What marketing says of a channel.</summary>
public record ChannelRequest : IValidatableObject
{
    [Text(1, Channel.NameCharsMax)]
    public required string Name { get; init; }

    public required ChannelType Type { get; init; }

    /// <summary>What people get for coming; none for nothing.</summary>
    public ChannelHook? Hook { get; init; }

    /// <summary>Cards printed, or people reached: what the rate is of; none while that is not known.</summary>
    [Whole(1, Channel.PrintedMax)]
    public int? PrintedCount { get; init; }

    /// <summary>Source tags that whoever registers by it gets.</summary>
    [Length(0, Channel.TagsMax, ErrorMessage = "至多 5 个标签")]
    public IReadOnlyList<string> TagIds { get; init; } = [];

    /// <summary>A coupon of it is what whoever registers by it gets; none for none.</summary>
    [Text(Ids.IdChars, Ids.IdChars)]
    public string? TemplateId { get; init; }

    /// <summary>Before that nothing counts.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>From then on nothing counts; none for no end.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Why; it stands in the audit.</summary>
    [Text(2, 200)]
    public required string Reason { get; init; }

    internal ChannelTerms Terms() => new(
        Name, Type, Hook, PrintedCount, [.. TagIds.Distinct()], TemplateId, StartsAt, EndsAt);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TagIds.Any(id => !Ids.IsId(id))) yield return new ValidationResult("无效的标签编号", [nameof(TagIds)]);
        if (TemplateId is not null && !Ids.IsId(TemplateId))
            yield return new ValidationResult("无效的优惠券编号", [nameof(TemplateId)]);
        if (EndsAt <= StartsAt) yield return new ValidationResult("结束时间须晚于开始时间", [nameof(EndsAt)]);
    }
}

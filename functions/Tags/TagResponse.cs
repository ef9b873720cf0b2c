namespace Pond.Tags;

/// <summary>A tag as operators see it.</summary>
/// <param name="IsUsed">Whether it was ever used: then it can be retired, and not deleted.</param>
public sealed record TagResponse(
    string TagId,
    string Name,
    string? Group,
    TagFamily Family,
    bool IsRetired,
    bool IsUsed,
    DateTimeOffset CreatedAt)
{
    public static TagResponse Of(Tag tag) =>
        new(tag.Id, tag.Name, tag.Group, tag.Family, tag.IsRetired, tag.UsedAt is not null, tag.CreatedAt);
}

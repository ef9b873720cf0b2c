using Pond.Kernel;

namespace Pond.Tags;

/// <summary>TAG-01: how a tag comes, changes and goes. Pure.</summary>
public static class TagRules
{
    /// <summary>Marketing adds a tag; the same again is the same.</summary>
    public static Decision<TagEvent> Create(TagDesk desk, Tag tag, string operatorId, string reason) =>
        desk.Tag is not null ? Decision<TagEvent>.Nothing
        : desk.Count.Tags >= Tag.TagsMax ? TagRefusals.TooMany
        : new TagEvent.Created(tag, operatorId, reason);

    /// <summary>Marketing renames a tag, or puts it out of use or back; whoever has it keeps it.</summary>
    public static Decision<TagEvent> Change(
        TagDesk desk, string name, bool isRetired, string operatorId, string reason, DateTimeOffset now)
    {
        if (desk.Tag is not { } before) return TagRefusals.Missing;
        var after = before with { Name = name, IsRetired = isRetired };
        return after == before
            ? Decision<TagEvent>.Nothing
            : new TagEvent.Changed(before, after, operatorId, reason, now);
    }

    /// <summary>A tag is about to be put on a member, or named by what puts it on.</summary>
    /// <param name="family">The one that it has to be of; null for any.</param>
    public static Decision<TagEvent> Use(TagDesk desk, TagFamily? family, DateTimeOffset now) => desk.Tag switch
    {
        null => TagRefusals.Missing,
        { IsRetired: true } => TagRefusals.Retired,
        { } tag when family is not null && tag.Family != family => TagRefusals.NotSource,
        { UsedAt: null } tag => new TagEvent.Used(tag with { UsedAt = now }),
        _ => Decision<TagEvent>.Nothing,
    };

    /// <summary>Marketing deletes a tag that nobody ever had.</summary>
    public static Decision<TagEvent> Delete(TagDesk desk, string operatorId, DateTimeOffset now) => desk.Tag switch
    {
        null => TagRefusals.Missing,
        { UsedAt: not null } => TagRefusals.InUse,
        { } tag => new TagEvent.Deleted(tag, operatorId, now),
    };

    public static TagDesk Evolve(TagDesk desk, TagEvent fact) => fact switch
    {
        TagEvent.Created created => new TagDesk(new TagCount(desk.Count.Tags + 1), created.Tag),
        TagEvent.Changed changed => desk with { Tag = changed.After },
        TagEvent.Used used => desk with { Tag = used.Tag },
        _ => new TagDesk(new TagCount(desk.Count.Tags - 1), null),
    };
}

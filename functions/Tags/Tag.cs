using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Tags;

/// <summary>TAG-01: a word of marketing's for members.</summary>
/// <param name="Group">Of the tags of a group a member has one at most; null for none.</param>
/// <param name="UsedAt">When it was first put on a member or named by a channel; null for never.</param>
public sealed record Tag(
    string Id,
    string Name,
    string? Group,
    TagFamily Family,
    bool IsRetired,
    DateTimeOffset CreatedAt,
    DateTimeOffset? UsedAt = null)
{
    public const int NameCharsMax = 20;

    /// <summary>Tags that there are, retired ones included.</summary>
    public const int TagsMax = 500;
}

/// <summary>What a tag says. Stored by name: never rename one.</summary>
public enum TagFamily
{
    /// <summary>Who somebody is, as somebody has said.</summary>
    Static,

    /// <summary>Where somebody came from; a channel puts it on.</summary>
    Source,
}

/// <summary>What the rules look at: how many tags there are, and one of them; null for one that is not there.</summary>
public sealed record TagDesk(TagCount Count, Tag? Tag);

/// <summary>How many tags there are.</summary>
public sealed record TagCount(int Tags)
{
    public static readonly TagCount None = new(0);
}

/// <summary>What can happen to a tag. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Changed), "changed")]
[JsonDerivedType(typeof(Used), "used")]
[JsonDerivedType(typeof(Deleted), "deleted")]
public abstract record TagEvent
{
    private TagEvent()
    {
    }

    public sealed record Created(Tag Tag, string OperatorId, string Reason) : TagEvent;

    public sealed record Changed(Tag Before, Tag After, string OperatorId, string Reason, DateTimeOffset At) : TagEvent;

    /// <summary>From now on it is in use: nobody deletes it any more.</summary>
    public sealed record Used(Tag Tag) : TagEvent;

    public sealed record Deleted(Tag Tag, string OperatorId, DateTimeOffset At) : TagEvent;
}

/// <summary>The "no"s about tags.</summary>
public static class TagRefusals
{
    public static readonly Refusal Missing = new("tag.missing", RefusalKind.Missing, "没有找到该标签。");
    public static readonly Refusal Retired = new("tag.retired", RefusalKind.Conflict, "该标签已停用。");
    public static readonly Refusal NotSource = new("tag.not_source", RefusalKind.Conflict, "渠道只能使用来源标签。");

    public static readonly Refusal InUse =
        new("tag.in_use", RefusalKind.Conflict, "该标签已经使用过，不能删除，只能停用。");

    public static readonly Refusal TooMany = new(
        "tag.too_many", RefusalKind.Conflict, $"标签最多 {Tag.TagsMax} 个。");

    public static readonly Refusal MemberFull = new(
        "tag.member_full", RefusalKind.Conflict, $"每位会员最多 {MemberTag.TagsMax} 个标签。");

    public static readonly Refusal EndsBefore =
        new("tag.ends_before", RefusalKind.Invalid, "标签的有效期须晚于现在。");
}

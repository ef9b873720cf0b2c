using Pond.Kernel;
using Pond.Platform;

namespace Pond.Members;

/// <summary>A younger account that is about to become part of the one that holds this.</summary>
public sealed record ExpectedMerge(string Id, string FromMemberId, DateTimeOffset At);

/// <summary>What a slice keeps in a member's partition that must end before the account is merged.</summary>
/// <param name="Look">The row that tells.</param>
/// <param name="Stands">Whether it is in the way. Pure.</param>
/// <param name="Why">What the member is told then.</param>
public sealed record MergeObstacle(Load Look, Predicate<LoadedRows> Stands, Refusal Why);

/// <summary>What the decision about one of the two accounts looks at.</summary>
/// <param name="Obstacle">The first of what is in the way, or null.</param>
public sealed record MergeDesk(Member? Member, Refusal? Obstacle);

/// <summary>The head of a member, with a look at what is in the way of a merge.</summary>
public static class MergeRows
{
    public static Layout<MergeDesk, MemberEvent> Desk(string memberId, IReadOnlyList<MergeObstacle> obstacles) => new(
        MemberRows.Partition(memberId),
        MemberRows.Head,
        Loads: [],
        Read: rows => new MergeDesk(
            rows.Find<Member>(MemberRows.Head), obstacles.FirstOrDefault(obstacle => obstacle.Stands(rows))?.Why),
        Write: desk => desk.Member is { } member ? [new StateRow(MemberRows.Head, member)] : [],
        Evolve: (desk, fact) => desk with { Member = Member.Evolve(desk.Member, fact) },
        Announce: MemberRows.Announce,
        Looks: [.. obstacles.Select(obstacle => obstacle.Look)]);
}

/// <summary>The "no"s of a merge.</summary>
public static class MergeRefusals
{
    public static readonly Refusal Unconfirmed = new("merge.unconfirmed", RefusalKind.Invalid, "请先确认合并账号。");
    public static readonly Refusal Nobody = new("merge.nobody", RefusalKind.Missing, "该手机号没有绑定任何会员。");
    public static readonly Refusal NotActive =
        new("merge.not_active", RefusalKind.Conflict, "其中一个账号当前无法合并，如有疑问请联系客服。");
    public static readonly Refusal UnderWay =
        new("merge.under_way", RefusalKind.Conflict, "账号正在合并，请稍后再试。");

    internal static readonly Refusal NotAsked =
        new("merge.not_asked", RefusalKind.Missing, "没有这次合并。");
}

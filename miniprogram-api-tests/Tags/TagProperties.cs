using FsCheck;
using FsCheck.Fluent;
using Pond.Members;
using Pond.Tags;

namespace Pond.Tests.Tags;

/// <summary>A member's tags through any history.</summary>
[Rule("TAG-02"), Rule("TAG-03")]
public sealed class TagProperties
{
    private static readonly DateTimeOffset Start = HandClock.Start;

    /// <summary>Two groups of three, and three of none.</summary>
    private static readonly (string Id, string? Group)[] Tags =
        [.. Enumerable.Range(0, 9).Select(i => ($"tag-{i}", i < 6 ? $"group-{i / 3}" : null))];

    private enum Step
    {
        PutOn,
        TakeOff,
        Bring,
        Expire,
        Leave,
    }

    private static Gen<(Step Step, int Tag, int Hours, int Until)[]> Histories =>
        from count in Gen.Choose(1, 30)
        from all in (
            from step in Gen.Frequency(
                (4, Gen.Constant(Step.PutOn)), (2, Gen.Constant(Step.TakeOff)), (4, Gen.Constant(Step.Bring)),
                (2, Gen.Constant(Step.Expire)), (1, Gen.Constant(Step.Leave)))
            from tag in Gen.Choose(0, Tags.Length - 1)
            from hours in Gen.Choose(0, 5)
            from until in Gen.Choose(0, 8)
            select (step, tag, hours, until)).ArrayOf(count)
        select all;

    [Fact]
    public void What_is_told_adds_up_to_what_a_member_has_one_of_a_group_and_manual_before_automatic() => Prop.ForAll(
        Histories.ToArbitrary(),
        history =>
        {
            var (rows, now, told) = (new LayoutRows(), Start, new Dictionary<string, int>());
            rows.Put(MemberRows.Head, new MemberStanding("m", MemberStatus.Active));
            var layout = MemberTagRows.Of("m");
            foreach (var (step, tag, hours, until) in history)
            {
                now += TimeSpan.FromHours(hours);
                var before = rows.State(layout).Tags.Where(one => one.IsLive(now)).ToArray();
                var facts = rows.Run(layout, desk => Decide(desk, step, Tags[tag], until, now)).Facts;
                foreach (var fact in facts)
                {
                    if (fact is MemberTagEvent.Entered entered)
                        told[entered.Tag.TagId] = told.GetValueOrDefault(entered.Tag.TagId) + 1;
                    if (fact is MemberTagEvent.Left left) told[left.Tag.TagId] = told.GetValueOrDefault(left.Tag.TagId) - 1;
                }

                var after = rows.State(layout).Tags;
                var isSum = told.All(one => one.Value == after.Count(tag => tag.TagId == one.Key));
                var live = after.Where(one => one.IsLive(now)).ToArray();
                var isOneOfAGroup = live.Where(one => one.Group is not null).GroupBy(one => one.Group).All(group => group.Count() == 1);
                var isManualKept = step is not Step.Bring
                    || before.Where(one => one.Origin is TagOrigin.Manual).All(live.Contains);
                if (!isSum || !isOneOfAGroup || !isManualKept || rows.HasClash) return false;
            }

            return true;
        }).CheckThoroughly();

    [Fact]
    public void Nobody_has_more_than_fifty()
    {
        MemberTag[] full = [.. Enumerable.Range(0, MemberTag.TagsMax).Select(i => Of($"full-{i}", null, TagOrigin.Manual, null))];
        var desk = new MemberTagDesk(new MemberStanding("m", MemberStatus.Active), full);
        var more = Of("more", null, TagOrigin.Manual, null);

        Assert.Equal(TagRefusals.MemberFull, MemberTagRules.PutOn(desk, more, "operator", "再来一个", Start).Refusal);
        Assert.Empty(MemberTagRules.Bring(desk, [more], Start).Facts);
    }

    private static Pond.Kernel.Decision<MemberTagEvent> Decide(
        MemberTagDesk desk, Step step, (string Id, string? Group) tag, int until, DateTimeOffset now)
    {
        DateTimeOffset? end = until == 0 ? null : now.AddHours(until);
        return step switch
        {
            Step.PutOn => MemberTagRules.PutOn(desk, Of(tag.Id, tag.Group, TagOrigin.Manual, end), "operator", "原因", now),
            Step.TakeOff => MemberTagRules.TakeOff(desk, tag.Id, "operator", "原因", now),
            Step.Bring => MemberTagRules.Bring(desk, [Of(tag.Id, tag.Group, TagOrigin.Channel, end)], now),
            Step.Expire => MemberTagRules.Expire(desk, now),
            _ => MemberTagRules.LeaveAll(desk, now),
        };
    }

    private static MemberTag Of(string id, string? group, TagOrigin origin, DateTimeOffset? end) =>
        new(id, group, origin, Start, end, "actor");
}

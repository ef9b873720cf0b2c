using System.Net;
using System.Text.Json;
using Pond.Members;
using Pond.Tags;
using Pond.Tests.Members;

namespace Pond.Tests.Tags;

/// <summary>Members get tags and lose them.</summary>
[Rule("TAG-02"), Rule("TAG-03")]
public sealed class TaggingMembers(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task An_operator_puts_a_tag_on_and_takes_it_off_and_both_are_in_the_audit()
    {
        var (member, tagId) = (await shared.Newcomer(), await api.Tag("爱绿茶", family: "static"));

        (await api.PutOn(member.MemberId, tagId)).EnsureSuccessStatusCode();
        (await api.PutOn(member.MemberId, tagId)).EnsureSuccessStatusCode();
        var tag = Assert.Single(await api.TagsOf(member.MemberId));
        Assert.Equal(("爱绿茶", "manual", 1), (tag.Text("name"), tag.Text("origin"), await api.MembersWith(tagId)));

        (await api.TakeOff(member.MemberId, tagId)).EnsureSuccessStatusCode();
        (await api.TakeOff(member.MemberId, tagId)).EnsureSuccessStatusCode();
        Assert.Equal((0, 0), ((await api.TagsOf(member.MemberId)).Length, await api.MembersWith(tagId)));
        Assert.Equal(
            [("member.tag", $"{tagId} on"), ("member.tag", $"{tagId} off")],
            (await api.AuditOf(member.MemberId)).Select(line => (line.Text("action"), line.Text("after"))));
    }

    [Fact]
    public async Task Of_a_group_a_member_has_one()
    {
        var member = await shared.Newcomer();
        var (one, other, free) = (await api.Tag("甲", "客群"), await api.Tag("乙", "客群"), await api.Tag("丙"));

        foreach (var tagId in new[] { one, free, other }) (await api.PutOn(member.MemberId, tagId)).EnsureSuccessStatusCode();

        Assert.Equal(Sorted(other, free), await api.TagIdsOf(member.MemberId));
        Assert.Equal((0, 1), (await api.MembersWith(one), await api.MembersWith(other)));
    }

    [Fact]
    public async Task A_tag_ends_with_its_time_and_that_is_told_once()
    {
        var (member, tagId) = (await shared.Newcomer(), await api.Tag("本周关注"));
        var until = api.Clock.GetUtcNow().AddDays(7);
        Assert.Equal("tag.ends_before", await (await api.PutOn(member.MemberId, tagId, api.Clock.GetUtcNow())).Code());
        (await api.PutOn(member.MemberId, tagId, until)).EnsureSuccessStatusCode();
        Assert.Equal(1, await api.MembersWith(tagId));

        api.Clock.MoveTo(until);
        Assert.Empty(await api.TagsOf(member.MemberId)); // whether or not anybody has looked
        api.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var time = 0; time < 2; time++) await api.Fire(nameof(ExpireTags));

        Assert.Equal(0, await api.MembersWith(tagId));
    }

    [Fact]
    public async Task Messages_that_come_three_times_and_again_count_once()
    {
        var (member, tagId) = (await shared.Newcomer(), await api.Tag("三遍"));
        (await api.PutOn(member.MemberId, tagId)).EnsureSuccessStatusCode();

        var rows = await api.DeliverThrice(seed: 5);
        await api.DeliverAsIfNeverRemoved(rows, seed: 7);

        Assert.Equal(1, await api.MembersWith(tagId));
    }

    [Fact]
    [Rule("AUTH-10")]
    public async Task Tags_of_a_merged_account_come_to_the_survivor_where_they_fit()
    {
        var (older, younger) = await api.LogInTwice("tags-a1", "tags-a2", "13800099001");
        var (kept, lost, brought) = (await api.Tag("甲", "合并"), await api.Tag("乙", "合并"), await api.Tag("丙"));
        (await api.PutOn(older.MemberId, kept)).EnsureSuccessStatusCode();
        foreach (var tagId in new[] { lost, brought })
            (await api.PutOn(younger.MemberId, tagId)).EnsureSuccessStatusCode();

        (await younger.Merge("tags-a2")).EnsureSuccessStatusCode();
        await api.DeliverThrice(seed: 3);

        Assert.Equal(Sorted(kept, brought), await api.TagIdsOf(older.MemberId));
        Assert.Empty(await api.TagsOf(younger.MemberId));
        Assert.Equal(
            (1, 0, 1), (await api.MembersWith(kept), await api.MembersWith(lost), await api.MembersWith(brought)));
        Assert.Equal("member.merged", await (await api.PutOn(younger.MemberId, lost)).Code());
    }

    [Fact]
    [Rule("AUTH-06"), Rule("AUTH-11")]
    public async Task A_member_takes_tags_along_and_they_go_with_whoever_leaves()
    {
        var (member, tagId) = (await api.LogIn("tags-leaver"), await api.Tag("要走"));
        (await api.PutOn(member.MemberId, tagId)).EnsureSuccessStatusCode();
        var document = await (await member.Get("/api/me/export")).Json();
        var tags = document.GetProperty("accounts")[0].GetProperty("tags").EnumerateArray();
        Assert.Equal(tagId, Assert.Single(tags).Text("tagId"));

        (await member.Delete("/api/me")).EnsureSuccessStatusCode();

        Assert.Equal(0, await api.MembersWith(tagId));
        Assert.DoesNotContain(
            StoredRow.All(api),
            row => row.Partition == MemberRows.Partition(member.MemberId)
                && row.Key.StartsWith(MemberTagRows.Prefix + ":", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_who_is_not_there_gets_a_tag()
    {
        var tagId = await api.Tag("没有人");

        foreach (var memberId in new[] { new string('0', 26), "nobody" })
        {
            Assert.Equal("member.missing", await (await api.PutOn(memberId, tagId)).Code());
            var answer = await api.Operator().Get($"/api/operator/members/{memberId}/tags");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        // What was refused has not even used the tag.
        (await api.Operator().Delete($"{TagSteps.TagsPath}/{tagId}")).EnsureSuccessStatusCode();
    }

    private static string[] Sorted(params string[] ids) => [.. ids.Order(StringComparer.Ordinal)];
}

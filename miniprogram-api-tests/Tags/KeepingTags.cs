using System.Net;
using Pond.Tags;

namespace Pond.Tests.Tags;

/// <summary>What marketing calls members.</summary>
[Rule("TAG-01")]
public sealed class KeepingTags(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task The_same_key_makes_one_tag()
    {
        var (key, body) = (Phone.NewKey(), new { name = "茶友", group = "爱好", family = "static", reason = "新标签" });
        var first = await (await api.Operator().Post(TagSteps.TagsPath, body, key)).Json();
        var again = await (await api.Operator().Post(TagSteps.TagsPath, body, key)).Json();

        Assert.Equal(first.GetRawText(), again.GetRawText());
        var tags = await api.Operator().AllPages(TagSteps.TagsPath, 100);
        Assert.Single(tags, tag => tag.Text("tagId") == first.Text("tagId"));
    }

    [Fact]
    public async Task One_that_was_never_used_is_deleted_and_one_that_was_is_not()
    {
        var (unused, used) = (await api.Tag("未用"), await api.Tag("用过"));
        var member = await shared.Newcomer();
        (await api.PutOn(member.MemberId, used)).EnsureSuccessStatusCode();
        (await api.TakeOff(member.MemberId, used)).EnsureSuccessStatusCode();

        var deleted = await api.Operator().Delete($"{TagSteps.TagsPath}/{unused}");
        var refused = await api.Operator().Delete($"{TagSteps.TagsPath}/{used}");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("tag.missing", await (await api.Operator().Get($"{TagSteps.TagsPath}/{unused}")).Code());
        Assert.Equal("tag.missing", await (await api.PutOn(member.MemberId, unused)).Code());
        Assert.Equal("tag.in_use", await refused.Code());
    }

    [Fact]
    public async Task A_retired_one_stays_with_whoever_has_it_and_nobody_else_gets_it()
    {
        var tagId = await api.Tag("老客");
        var (one, other) = (await shared.Newcomer(), await shared.Newcomer());
        (await api.PutOn(one.MemberId, tagId)).EnsureSuccessStatusCode();

        (await api.Retire(tagId, "旧客")).EnsureSuccessStatusCode();

        Assert.Equal("tag.retired", await (await api.PutOn(other.MemberId, tagId)).Code());
        Assert.Equal("旧客", Assert.Single(await api.TagsOf(one.MemberId)).Text("name"));
        Assert.Empty(await api.TagsOf(other.MemberId));
    }

    [Fact]
    [Rule("ADM-03")]
    public async Task What_was_done_to_a_tag_is_in_the_audit()
    {
        var tagId = await api.Tag("审计");
        (await api.Retire(tagId)).EnsureSuccessStatusCode();
        (await api.Operator().Delete($"{TagSteps.TagsPath}/{tagId}")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal(
            ["tag.create", "tag.change", "tag.delete"], (await api.AuditOf(tagId)).Select(line => line.Text("action")));
    }

    [Fact]
    public void There_are_no_more_than_five_hundred()
    {
        var full = new TagDesk(new TagCount(Tag.TagsMax), null);
        var tag = new Tag("one-more", "多", null, TagFamily.Static, IsRetired: false, HandClock.Start);

        Assert.Equal(TagRefusals.TooMany, TagRules.Create(full, tag, "operator", "多一个").Refusal);
    }
}

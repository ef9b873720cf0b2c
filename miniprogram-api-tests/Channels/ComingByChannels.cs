using Pond.Tests.Coupons;
using Pond.Tests.Members;
using Pond.Tests.Referrals;
using Pond.Tests.Shares;
using Pond.Tests.Tags;

namespace Pond.Tests.Channels;

/// <summary>People find the shop by a card, a poster, an advertisement.</summary>
[Rule("CHN-01"), Rule("CHN-02")]
public sealed class ComingByChannels(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task Whoever_registers_by_a_channel_is_counted_tagged_and_welcomed_once()
    {
        var (tagId, templateId) = (await api.Tag("包裹卡", "来源"), await api.PublishTemplate());
        await api.Deliver();
        var channel = await api.Channel(body => (body["tagIds"], body["templateId"]) = (new[] { tagId }, templateId));
        Assert.Matches("^[0-9A-Za-z_-]{1,32}$", channel.Text("scene"));

        var member = await api.Scan("chn-a1", channel.Text("scene"));
        var first = await api.DeliverThrice(seed: 5);
        await api.DeliverThrice(seed: 7);
        await api.Deliver();
        await api.DeliverAsIfNeverRemoved(first, seed: 11);
        await api.Scan("chn-a1", channel.Text("scene"));

        Assert.Equal((1, 0), await api.Counted(channel));
        var tag = Assert.Single(await api.TagsOf(member.MemberId));
        Assert.Equal((tagId, "channel", channel.Text("channelId")), (tag.Text("tagId"), tag.Text("origin"), tag.Text("actorId")));
        Assert.Single(await member.AllPages("/api/me/coupons", 100));
        Assert.Equal((channel.Text("channelId"), channel.Text("channelId")), await api.ChannelsOf(member.MemberId));
    }

    [Fact]
    [Rule("CHN-05")]
    public async Task Who_was_a_member_already_has_come_back_and_gets_nothing_for_it()
    {
        var (tagId, templateId) = (await api.Tag("再来"), await api.PublishTemplate());
        var first = await api.Channel();
        var second = await api.Channel(body => (body["tagIds"], body["templateId"]) = (new[] { tagId }, templateId));
        var (member, stranger) = (await api.Scan("chn-b1", first.Text("scene")), await api.LogIn("chn-b2"));
        await api.Deliver();
        api.Clock.Advance(TimeSpan.FromSeconds(1));

        for (var time = 0; time < 3; time++)
        {
            await api.Scan("chn-b1", second.Text("scene"));
            await api.Scan("chn-b2", second.Text("scene"));
        }

        Assert.Equal((0, 2), await api.Counted(second));
        Assert.Equal((1, 0), await api.Counted(first));
        Assert.Equal((first.Text("channelId"), second.Text("channelId")), await api.ChannelsOf(member.MemberId));
        Assert.Equal((null, second.Text("channelId")), await api.ChannelsOf(stranger.MemberId));
        Assert.Empty(await api.TagsOf(member.MemberId));
        Assert.Empty(await (await api.LogIn("chn-b1")).AllPages("/api/me/coupons", 100));
    }

    [Fact]
    public async Task What_an_operator_has_said_stays_beside_what_a_channel_says()
    {
        var (manual, source) = (await api.Tag("人工", "冲突"), await api.Tag("自动", "冲突"));
        var channel = await api.Channel(body => body["tagIds"] = new[] { source });
        var member = await api.Scan("chn-c1", channel.Text("scene"));
        (await api.PutOn(member.MemberId, manual)).EnsureSuccessStatusCode();

        await api.Deliver();

        Assert.Equal([manual], await api.TagIdsOf(member.MemberId));
    }

    [Fact]
    public async Task Outside_its_time_a_channel_counts_nobody()
    {
        var early = await api.Channel(body => body["startsAt"] = api.Clock.GetUtcNow().AddDays(1));
        var late = await api.Channel(body => body["endsAt"] = api.Clock.GetUtcNow());

        await api.Scan("chn-d1", early.Text("scene"));
        await api.Scan("chn-d2", late.Text("scene"));

        Assert.Equal(((0, 0), (0, 0)), (await api.Counted(early), await api.Counted(late)));
    }

    [Fact]
    [Rule("REF-03")]
    public async Task An_invitation_and_a_channel_may_come_together_and_both_count()
    {
        await api.SetReferrals();
        var (channel, code) = (await api.Channel(), await (await api.LogIn("chn-e1")).InviteCode());

        await api.Scan("chn-e2", channel.Text("scene"), code);

        Assert.Equal((1, 0), await api.Counted(channel));
        Assert.Equal([("registered", 0, 0)], await api.Friends("chn-e1"));
    }

    [Theory]
    [InlineData("1001", "chn-f1"), InlineData("c-", "chn-f2"), InlineData("c-00000000000000000000000000", "chn-f3")]
    [InlineData("c-../../../../../../../../..", "chn-f4"), InlineData("c-ABCDEFGHIJKLMNOPQRSTUVWXYZ", "chn-f5")]
    public async Task A_scene_that_leads_nowhere_keeps_nobody_out(string scene, string shopper)
    {
        var member = await api.Scan(shopper, scene);
        await api.Deliver();

        Assert.Equal((null, null), await api.ChannelsOf(member.MemberId));
    }

    [Fact]
    [Rule("AUTH-10"), Rule("AUTH-11")]
    public async Task What_comes_late_of_a_merged_account_makes_nobody_new()
    {
        var older = await api.LogIn("chn-g1");
        (await older.BindPhone("chn-g1", "13800099101")).EnsureSuccessStatusCode();
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        api.Sandbox.Shoppers.GivePhone("chn-g2", "13800099101");
        var channel = await api.Channel();
        var younger = await api.Scan("chn-g2", channel.Text("scene"));
        (await younger.Merge("chn-g2")).EnsureSuccessStatusCode();

        await api.Deliver();

        Assert.Equal((0, 1), await api.Counted(channel));
        Assert.Equal((null, channel.Text("channelId")), await api.ChannelsOf(older.MemberId));
        var account = (await (await older.Get("/api/me/export")).Json()).GetProperty("accounts")[0];
        Assert.Equal(channel.Text("channelId"), Assert.Single(account.GetProperty("channelVisits").EnumerateArray()).Text("channelId"));
    }
}

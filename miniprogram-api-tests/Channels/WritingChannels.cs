using System.Net;
using Pond.Channels;
using Pond.Tests.Tags;

namespace Pond.Tests.Channels;

/// <summary>What marketing says of a channel, and how it does.</summary>
public sealed class WritingChannels(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    [Rule("CHN-03")]
    public async Task The_rate_is_of_what_was_printed()
    {
        var channel = await api.Channel(body => body["printedCount"] = 30);
        for (var i = 0; i < 4; i++) await api.Scan($"rate-{i}", channel.Text("scene"));

        var figures = await api.ChannelFigures(channel);
        Assert.Equal((4, 1_333, "good"), (figures.Whole("added"), figures.Whole("addRateBp"), figures.Text("band")));

        var body = ChannelSteps.Body(api);
        (body["printedCount"], body["version"]) = (null, 1);
        (await Replace(channel.Text("channelId"), body)).EnsureSuccessStatusCode();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await api.ChannelFigures(channel)).GetProperty("band").ValueKind);
    }

    [Theory, Rule("CHN-03")]
    [InlineData(499, AddRateBand.Fail), InlineData(500, AddRateBand.Pass), InlineData(999, AddRateBand.Pass)]
    [InlineData(1_000, AddRateBand.Good), InlineData(1_499, AddRateBand.Good), InlineData(1_500, AddRateBand.Excellent)]
    [InlineData(0, AddRateBand.Fail), InlineData(20_000, AddRateBand.Excellent)]
    public void A_rate_has_a_band(long rateBp, AddRateBand band) => Assert.Equal(band, ChannelRules.BandOf(rateBp));

    [Fact]
    [Rule("CHN-01")]
    public async Task Whoever_has_not_seen_the_newest_writes_nothing_over_it()
    {
        var channelId = (await api.Channel()).Text("channelId");
        var body = ChannelSteps.Body(api);
        (body["version"], body["name"]) = (1, "改名");

        var (first, stale) = (await Replace(channelId, body), await Replace(channelId, body));

        Assert.Equal(2, (await first.Json()).Whole("version"));
        Assert.Equal("channel.version", await stale.Code());
        Assert.Equal("channel.missing", await (await Replace(new string('0', 26), body)).Code());
        await api.Deliver();
        Assert.Equal(["channel.write", "channel.write"], (await api.AuditOf(channelId)).Select(line => line.Text("action")));
    }

    [Fact]
    [Rule("CHN-01"), Rule("TAG-01")]
    public async Task A_channel_puts_on_source_tags_that_are_there_and_they_are_in_use_from_then_on()
    {
        var (source, other, gone) = (await api.Tag("来源"), await api.Tag("职业", family: "static"), new string('0', 26));
        Assert.Equal("tag.not_source", await (await api.TryChannel(body => body["tagIds"] = new[] { other })).Code());
        Assert.Equal("tag.missing", await (await api.TryChannel(body => body["tagIds"] = new[] { gone })).Code());

        await api.Channel(body => body["tagIds"] = new[] { source });

        Assert.Equal("tag.in_use", await (await api.Operator().Delete($"{TagSteps.TagsPath}/{source}")).Code());
    }

    [Theory, Rule("CHN-01")]
    [InlineData("endsAt", "2020-01-01T00:00:00+08:00"), InlineData("templateId", "x"), InlineData("printedCount", 0)]
    [InlineData("type", "billboard"), InlineData("name", " ")]
    public async Task What_makes_no_sense_is_refused(string field, object value)
    {
        var answer = await api.TryChannel(body => body[field] = value);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private Task<HttpResponseMessage> Replace(string channelId, Dictionary<string, object?> body) =>
        api.Operator().Put($"{ChannelSteps.ChannelsPath}/{channelId}", body);
}

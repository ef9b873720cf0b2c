using FsCheck;
using FsCheck.Fluent;
using Pond.Channels;
using Pond.Members;

namespace Pond.Tests.Channels;

/// <summary>A member's scans, heard of in any order.</summary>
[Rule("CHN-02"), Rule("CHN-05")]
public sealed class ChannelProperties
{
    private static readonly DateTimeOffset Start = HandClock.Start;

    private static readonly Channel[] Channels =
    [
        .. Enumerable.Range(0, 3).Select(i => new Channel(
            $"channel-{i}",
            new ChannelTerms("海报", ChannelType.StorePoster, null, 100, [], null, Start.AddDays(-1), null), 1, Start)),
    ];

    private static Gen<(int Channel, Scan Scan)[]> Scans =>
        from count in Gen.Choose(1, 8)
        from channels in Gen.Choose(0, Channels.Length - 1).ArrayOf(count)
        from isNew in Gen.Elements(true, false)
        select channels.Select((channel, i) => (channel, new Scan("m", isNew && i == 0, Start.AddMinutes(i)))).ToArray();

    [Fact]
    public void The_order_of_the_news_changes_neither_the_trail_nor_whom_a_channel_has_added() => Prop.ForAll(
        (from scans in Scans from seed in Gen.Choose(0, int.MaxValue) select (scans, seed)).ToArbitrary(),
        given =>
        {
            var mixed = given.scans.ToArray();
            new Random(given.seed).Shuffle(mixed);
            var (one, other) = (Hear(given.scans), Hear(mixed));
            var first = given.scans[0];
            return one.Trail == other.Trail && one.Added.SequenceEqual(other.Added)
                && one.Trail.FirstChannelId == (first.Scan.IsNew ? Channels[first.Channel].Id : null)
                && one.Trail.LastChannelId == Channels[given.scans[^1].Channel].Id
                && one.Added.SequenceEqual(first.Scan.IsNew ? [Channels[first.Channel].Id] : []);
        }).CheckThoroughly();

    [Fact]
    [Rule("CHN-03")]
    public void The_rate_is_rounded_down_and_never_says_more_than_there_is() => Prop.ForAll(
        (from added in Gen.Choose(0, 1_000_000) from printed in Gen.Choose(1, Channel.PrintedMax) select (added, printed))
            .ToArbitrary(),
        given =>
        {
            var rate = ChannelRules.AddRateBp(given.added, given.printed)!.Value;
            return rate * given.printed <= given.added * 10_000L && (rate + 1) * given.printed > given.added * 10_000L;
        }).CheckThoroughly();

    private static (ChannelTrail Trail, string[] Added) Hear((int Channel, Scan Scan)[] scans)
    {
        var rows = new LayoutRows();
        rows.Put(MemberRows.Head, new MemberStanding("m", MemberStatus.Active));
        var added = new List<string>();
        foreach (var (index, scan) in scans)
        {
            var channel = Channels[index];
            var heard = rows.Run(ScanRows.Of("m", channel.Id), desk => ChannelRules.Hear(desk, scan, channel)).Facts.Single();
            if (heard.IsAdded) added.Add(channel.Id);
        }

        return (rows.State(ScanRows.Of("m", Channels[0].Id)).Trail!, [.. added]);
    }
}

using Pond.ExportJobs;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Channels;

/// <summary>ADM-06: every channel, and how it does.</summary>
public sealed class ChannelExport(PartitionStore store, ChannelCounts counts) : IExportSource
{
    public ExportKind Kind => ExportKind.Channels;

    public IReadOnlyList<string> Heading { get; } =
        ["渠道编号", "名称", "类型", "印刷数量", "新增会员", "回访会员", "添加率（万分之）", "开始时间", "结束时间"];

    public Task<ExportPage> Read(string? from, CancellationToken cancel) => ExportPages.Read<Channel>(
        store, ChannelRows.Partition, ChannelRows.Prefix, from, async channel => [await Row(channel, cancel)], cancel);

    private async Task<IReadOnlyList<string>> Row(Channel channel, CancellationToken cancel)
    {
        var (terms, count) = (channel.Terms, await counts.Find(channel.Id, cancel));
        return
        [
            channel.Id, terms.Name, ResponseJson.NameOf(terms.Type), ExportPages.Number(terms.PrintedCount),
            ExportPages.Number(count.Added), ExportPages.Number(count.Returned),
            ExportPages.Number(ChannelRules.AddRateBp(count.Added, terms.PrintedCount)),
            ExportPages.Time(terms.StartsAt), ExportPages.Time(terms.EndsAt),
        ];
    }
}

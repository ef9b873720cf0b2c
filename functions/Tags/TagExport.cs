using Pond.ExportJobs;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>ADM-06: every tag, and how many members have it.</summary>
public sealed class TagExport(PartitionStore store, TagCounts counts) : IExportSource
{
    public ExportKind Kind => ExportKind.Tags;

    public IReadOnlyList<string> Heading { get; } = ["标签编号", "名称", "分组", "类别", "是否停用", "会员数", "创建时间"];

    public Task<ExportPage> Read(string? from, CancellationToken cancel) => ExportPages.Read<Tag>(
        store, TagRows.Partition, TagRows.Prefix, from, async tag => [await Row(tag, cancel)], cancel);

    private async Task<IReadOnlyList<string>> Row(Tag tag, CancellationToken cancel) =>
    [
        tag.Id, tag.Name, tag.Group ?? "", ResponseJson.NameOf(tag.Family), tag.IsRetired ? "是" : "否",
        ExportPages.Number(await counts.MembersWith(tag.Id, cancel)), ExportPages.Time(tag.CreatedAt),
    ];
}

using Pond.ExportJobs;
using Pond.Platform.Storage;

namespace Pond.Referrals;

/// <summary>ADM-06: the friends whom a person has to look at.</summary>
public sealed class ReviewExport(PartitionStore store) : IExportSource
{
    public ExportKind Kind => ExportKind.ReferralReviews;

    public IReadOnlyList<string> Heading { get; } = ["邀请编号", "邀请人", "好友", "渠道", "注册时间", "原因", "订单编号"];

    public Task<ExportPage> Read(string? from, CancellationToken cancel) => ExportPages.Read<ReviewCopy>(
        store,
        ReferralRows.ReviewPartition,
        ReferralRows.ReviewPrefix,
        from,
        copy => Task.FromResult(Rows(copy)),
        cancel);

    private static IReadOnlyList<IReadOnlyList<string>> Rows(ReviewCopy copy) => copy.Friend is not { } friend
        ? []
        :
        [
            [
                friend.ReferralId, friend.SharerId, friend.MemberId, friend.Channel ?? "",
                ExportPages.Time(friend.RegisteredAt), friend.WhyNot ?? "", friend.OrderId ?? "",
            ],
        ];
}

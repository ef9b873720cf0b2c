using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Tests.Storage;
using Pond.Touches;

namespace Pond.Tests.Simulation.Checks;

/// <summary>
/// I23: no member gets more than the day's cap, none is begun after the consent was taken back, or of what is silenced,
/// and each costs a "yes".
/// </summary>
internal sealed class TouchesAddUp : IPartitionCheck
{
    public string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes)
    {
        if (!partition.StartsWith(MemberRows.Partition(""), StringComparison.Ordinal)
            || !writes.Any(write => IsOfTouches(write.Key))
            || rows.Look(partition, TouchRows.Book) is not { } bookRow)
            return null;

        var book = Stored.Read<TouchBook>(bookRow.Data);
        if (book.Days.Any(day => day.Marketing is < 0 or > GovernorRules.DailyCap || day.Service < 0))
            return $"messages of a day: {bookRow.Data}";
        if (book.Credits.Any(credit => credit.Spent < 0 || credit.Spent > Math.Max(credit.ByPhone, credit.ByWeChat)))
            return $"more messages than were agreed to: {bookRow.Data}";

        var (from, until) = Keys.Under(TouchRows.Prefix);
        Touch[] touches =
        [
            .. rows.Look(partition, from, until, StoreLimits.RowsPerPageMax).Rows
                .Select(row => Stored.Read<Touch>(row.Data)),
        ];
        return Unpaid(book, touches) ?? Unwanted(rows, partition, writes, book);
    }

    private static bool IsOfTouches(string row) => row == TouchRows.Book || IsTouch(row);

    private static bool IsTouch(string row) => row.StartsWith($"{TouchRows.Prefix}:", StringComparison.Ordinal);

    private static string? Unpaid(TouchBook book, Touch[] touches) => book.Credits
        .Where(credit => credit.Spent < touches.Count(touch => touch.Sending?.TemplateId == credit.TemplateId
            && !(touch.Sending.At <= credit.ResetAt)
            && touch.State is TouchState.Reserved or TouchState.Sending or TouchState.Sent or TouchState.Unknown))
        .Select(credit => $"messages that cost nothing of {credit}")
        .FirstOrDefault();

    private static string? Unwanted(
        MemoryRows rows, string partition, IReadOnlyList<Write> writes, TouchBook book)
    {
        var begun = writes
            .Where(write => write is Write.Replace && IsTouch(write.Key))
            .Select(write => Stored.Read<Touch>(((Write.Replace)write).Data))
            .FirstOrDefault(touch => touch.State is TouchState.Sending && !OccasionRules.IsService(touch.Occasion));
        if (begun is null || rows.Look(partition, MemberRows.Head) is not { } head) return null;
        return Stored.Read<MemberStanding>(head.Data).AllowsMarketing && !book.IsSilenced(begun.Occasion)
            ? null
            : $"unwanted: {begun.Occasion} {begun.OccasionId}";
    }
}

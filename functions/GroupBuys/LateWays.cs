using Pond.Activities;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.GroupBuys;

/// <summary>
/// GRP-03: where a payment goes that comes too late: into another group if the activity matches, into a group of its
/// own while the activity is open, or back.
/// </summary>
public sealed class LateWays(PartitionStore store, TimeProvider clock)
{
    /// <summary>The way at this instant; what is committed then is followed, whatever changes meanwhile.</summary>
    internal async Task<LateWay> Find(
        Activity activity, string groupId, string orderId, int hops, bool isNewcomer, CancellationToken cancel)
    {
        var (terms, now) = (activity.TermsAs<GroupBuyTerms>(), clock.GetUtcNow());
        if (terms.HasMatching && hops < GroupRules.HopsMax && (isNewcomer || terms.Joiners is JoinerRule.Anybody))
        {
            var open = await GroupListRows.Open(store, activity.Id, now, cancel);
            if (open.Where(entry => entry.GroupId != groupId).OrderBy(entry => entry.Missing)
                .ThenBy(entry => entry.EndsAt).FirstOrDefault() is { } nearest)
                return new LateWay(nearest.GroupId, IsNew: false, Reason: null);
        }

        return activity.WhyNot(now) is null
            ? new LateWay(Ids.From($"{nameof(LateWays)} {orderId}"), IsNew: true, Reason: null)
            : new LateWay(GroupId: null, IsNew: false, GroupRules.LateReason);
    }
}

using Pond.Members;
using Pond.Platform.Http;

namespace Pond.Coupons;

/// <summary>CPN-07: how often codes may be tried, so that nobody finds one by trying.</summary>
public sealed class CodeLimits(CouponCodeOptions options, ClientAddresses addresses) : IDisposable
{
    private readonly RateLimit byAddress = new(options.AttemptsPerAddressPerMinute);
    private readonly RateLimit byMember = new(options.AttemptsPerMemberPerMinute);

    /// <summary>Counts every attempt, the right and the wrong ones.</summary>
    /// <exception cref="ProblemException">Too many of this member, or from this address.</exception>
    public void Take(HttpRequest request, string memberId)
    {
        byMember.Take(memberId);
        byAddress.Take(addresses.Of(request));
    }

    public void Dispose()
    {
        byAddress.Dispose();
        byMember.Dispose();
    }
}

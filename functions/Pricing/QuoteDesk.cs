using Pond.Kernel;
using Pond.Members;

namespace Pond.Pricing;

/// <summary>PRC-05: reckons what a cart costs a member now. For quotes, and for orders that come with one.</summary>
public sealed class QuoteDesk
{
    /// <summary>The price at this instant, with a fresh token; or why there is none.</summary>
    public Task<(Quote? Quote, Refusal? WhyNot)> Price(
        MemberCaller caller, QuoteRequest request, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {caller} {request} {cancel}");

    /// <summary>Whether a token was given for this very price, and has not ended.</summary>
    public bool Holds(string token, string memberId, Quote now) =>
        throw new NotSupportedException($"{this} {token} {memberId} {now}");
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;

namespace Pond.Pricing;

/// <summary>PRC-05: what a cart costs now, to the line. It changes nothing.</summary>
public sealed class QuoteCart(QuoteDesk desk, MemberCallers callers)
{
    [Function(nameof(QuoteCart))]
    [Caller(CallerKind.Member), Body(typeof(QuoteRequest))]
    [EndpointSummary("为购物车算价"), Tags("下单")]
    [ProducesResponseType<QuoteResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "quotes")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var body = await request.Read<QuoteRequest>(cancel);
        var (quote, whyNot) = await desk.Price(caller, body, cancel);
        return whyNot is null ? Results.Ok(QuoteResponse.Of(quote!)) : Answers.Problem(whyNot);
    }
}

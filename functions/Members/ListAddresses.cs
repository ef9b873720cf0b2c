using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>ADR-01: the caller's addresses, the oldest first.</summary>
public sealed class ListAddresses(MemberCallers callers, AddressBooks books)
{
    public sealed record Response(IReadOnlyList<AddressResponse> Items);

    [Function(nameof(ListAddresses))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("我的收货地址"), Tags("会员")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/addresses")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var book = await books.Find(caller.Id, cancel);
        return Results.Ok(new Response([.. book.Items.Select(AddressResponse.Of)]));
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>ADR-01: removes an address. Orders that were placed with it keep their copy.</summary>
/// <remarks>Not below <c>me</c>: there, an id of two dots would mean to delete the account.</remarks>
public sealed class RemoveAddress(MemberCallers callers, AddressBooks books)
{
    [Function(nameof(RemoveAddress))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("删除收货地址"), Tags("会员")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "addresses/{addressId}")] HttpRequest request,
        string addressId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var decision = await books.Change(caller.Id, book => AddressRules.Remove(book, addressId), cancel);
        return decision.ToHttp(_ => Results.NoContent());
    }
}

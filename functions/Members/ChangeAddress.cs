using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>ADR-01: replaces an address. Orders that were placed with it keep their copy.</summary>
public sealed class ChangeAddress(MemberCallers callers, AddressBooks books)
{
    [Function(nameof(ChangeAddress))]
    [Caller(CallerKind.Member), Body(typeof(AddressBody))]
    [EndpointSummary("修改收货地址"), Tags("会员")]
    [ProducesResponseType<AddressResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "addresses/{addressId}")] HttpRequest request,
        string addressId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<AddressBody>(cancel);
        var address = AddressRules.Read(addressId, body);
        if (address.Refusal is { } bad) return Answers.Problem(bad);

        var decision = await books.Change(
            caller.Id, book => AddressRules.Change(book, address.Facts[0], body.IsDefault), cancel);
        return decision.ToHttp(facts => Results.Ok(AddressResponse.Of(facts[0].Find(addressId)!)));
    }
}

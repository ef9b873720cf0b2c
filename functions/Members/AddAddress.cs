using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>ADR-01: adds an address, once for each key.</summary>
public sealed class AddAddress(MemberCallers callers, AddressBooks books)
{
    [Function(nameof(AddAddress))]
    [Caller(CallerKind.Member), Body(typeof(AddressBody)), NeedsIdempotencyKey]
    [EndpointSummary("新增收货地址"), Tags("会员")]
    [ProducesResponseType<AddressResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/addresses")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<AddressBody>(cancel);
        var operation = request.Operation(nameof(AddAddress), caller.Id, body);

        // The id follows from the key: so there needs to be no record, which would keep the address a second time.
        var id = Ids.From(operation.Row);
        var address = AddressRules.Read(id, body);
        if (address.Refusal is { } bad) return Answers.Problem(bad);

        var added = new BookedAddress(address.Facts[0], body.IsDefault, operation.Fingerprint!);
        var decision = await books.Change(caller.Id, book => AddressRules.Add(book, added), cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);

        var kept = decision.Facts is [var book] ? book : await books.Find(caller.Id, cancel);
        return Results.Json(
            AddressResponse.Of(kept.Find(id) ?? added), statusCode: StatusCodes.Status201Created);
    }
}

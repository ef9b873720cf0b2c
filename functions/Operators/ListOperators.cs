using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Operators;

/// <summary>Who may operate, and until when.</summary>
public sealed class ListOperators(PartitionStore store, OperatorCallers callers)
{
    public sealed record Item(
        string OperatorId,
        string Name,
        IReadOnlyList<OperatorRole> Roles,
        DateTimeOffset CreatedAt,
        DateTimeOffset ExpiresAt,
        DateTimeOffset? RevokedAt);

    [Function(nameof(ListOperators))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("操作员列表"), Tags("运营：操作员")]
    [ProducesResponseType<Listing<Item>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/operators")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.RequireOwner(request, cancel);
        var (from, until) = Keys.Under(OperatorRows.Prefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(store, OperatorRows.Partition, ItemOf, cancel));
    }

    private static Item ItemOf(Row row)
    {
        var one = Stored.Read<Operator>(row.Data);
        return new Item(one.Id, one.Name, one.Roles, one.CreatedAt, one.ExpiresAt, one.RevokedAt);
    }
}

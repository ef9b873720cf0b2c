using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Operators;

/// <summary>
/// ADM-01, ADM-10: an owner adds an operator, who gets a key of their own. It is shown in the first answer only: who
/// lost that takes the key away and adds the operator anew.
/// </summary>
public sealed class CreateOperator(
    Transactor transactor, OperatorCallers callers, OperatorOptions options, Ids ids)
{
    public sealed record Request
    {
        [Text(1, 40)]
        public required string Name { get; init; }

        [Length(1, OperatorRules.RolesMax, ErrorMessage = "须选择 1 至 5 个角色")]
        public required IReadOnlyList<OperatorRole> Roles { get; init; }
    }

    /// <param name="Key">For the Authorization header; null when the same was asked before.</param>
    public sealed record Response(
        string OperatorId, string Name, IReadOnlyList<OperatorRole> Roles, string? Key, DateTimeOffset ExpiresAt);

    [Function(nameof(CreateOperator))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("添加操作员并发放个人密钥"), Tags("运营：操作员")]
    [ProducesResponseType<Response>(StatusCodes.Status201Created)]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/operators")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.RequireOwner(request, cancel);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(CreateOperator), caller.Id, body);
        if (options.HasTenant) return Answers.Problem(OperatorRefusals.AtTheTenant);

        OperatorRole[] roles = [.. body.Roles.Distinct()];
        var (id, secret) = (ids.Next(), ids.NextSecret());
        var decision = await transactor.Run(
            OperatorRows.Operator(id),
            operation,
            (one, now) =>
                OperatorRules.Create(one, id, body.Name, roles, OperatorCallers.HashOf(secret), caller.Id, now),
            cancel);
        return decision.ToHttp(facts =>
        {
            var created = facts.OfType<OperatorEvent.Created>().Single().Operator;
            var isMade = created.Id == id; // and not by an earlier call, whose secret nobody has any more
            var key = isMade ? OperatorCallers.KeyOf(id, secret) : null;
            return Results.Json(
                new Response(created.Id, created.Name, created.Roles, key, created.ExpiresAt),
                statusCode: isMade ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        });
    }
}

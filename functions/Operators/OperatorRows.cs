using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Operators;

/// <summary>Partition <c>operators</c>: one row each. They are few, and their keys are looked up in it.</summary>
public static class OperatorRows
{
    public const string Partition = "operators";
    public const string Prefix = "operator";

    public static string Row(string operatorId) => $"{Prefix}:{operatorId}";

    public static Layout<Operator?, OperatorEvent> Operator(string operatorId) => new(
        Partition,
        Row(operatorId),
        Loads: [],
        Read: rows => rows.Find<Operator>(Row(operatorId)),
        Write: one => one is null ? [] : [new StateRow(Row(operatorId), one)],
        Evolve: Operators.Operator.Evolve,
        Announce: Announce);

    private static IEnumerable<Message> Announce(OperatorEvent fact) =>
    [
        OperatorMessages.Acted(fact switch
        {
            OperatorEvent.Created { Operator: var created } by => new OperatorActedV1(
                by.ByOperatorId, "operator.create", created.Id, created.Name, null,
                string.Join(", ", created.Roles.Select(ResponseJson.NameOf)), created.CreatedAt),
            OperatorEvent.Revoked revoked => new OperatorActedV1(
                revoked.ByOperatorId, "operator.revoke", revoked.OperatorId, "", "active", "revoked", revoked.At),
            _ => throw new System.Diagnostics.UnreachableException(),
        }),
    ];
}

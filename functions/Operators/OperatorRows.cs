using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Operators;

/// <summary>
/// Partition <c>operators</c>: a row for each key, looked up by it, and a row for each person of the tenant. They are
/// few.
/// </summary>
public static class OperatorRows
{
    public const string Partition = "operators";
    public const string Prefix = "operator";

    private const string PersonPrefix = "person";

    public static string Row(string operatorId) => $"{Prefix}:{operatorId}";

    public static string PersonRow(string operatorId) => $"{PersonPrefix}:{operatorId}";

    public static Layout<Operator?, OperatorEvent> Operator(string operatorId) => new(
        Partition,
        Row(operatorId),
        Loads: [],
        Read: rows => rows.Find<Operator>(Row(operatorId)),
        Write: one => one is null ? [] : [new StateRow(Row(operatorId), one)],
        Evolve: Operators.Operator.Evolve,
        Announce: Announce);

    /// <summary>What is known of a person of the tenant.</summary>
    public static Layout<NamedPerson?, NamedPerson> Person(string operatorId) => new(
        Partition,
        PersonRow(operatorId),
        Loads: [],
        Read: rows => rows.Find<NamedPerson>(PersonRow(operatorId)),
        Write: person => person is null ? [] : [new StateRow(PersonRow(operatorId), person)],
        Evolve: (_, named) => named,
        Announce: named =>
        [
            OperatorMessages.Acted(new OperatorActedV1(
                named.OperatorId, "operator.name", named.OperatorId, "", named.Before, named.Name, named.At)),
        ]);

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

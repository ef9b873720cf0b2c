using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Operators;

/// <summary>
/// ADM-09: how the people of the tenant are called. The audit has their ids, which nobody else ever gets; a name is in
/// it when it is first seen and whenever it changes.
/// </summary>
public sealed class OperatorNames(PartitionStore store, Transactor transactor, Ids ids)
{
    /// <summary>Keeps the caller's name, if the tenant told it and it is not known yet.</summary>
    public async Task Remember(OperatorCaller caller, CancellationToken cancel)
    {
        if (caller.Name is not { } name || await Of(caller.Id, cancel) == name) return;

        await transactor.Run(
            OperatorRows.Person(caller.Id),
            new Operation(nameof(Remember), ids.Next(), Fingerprint: null),
            (person, now) => OperatorRules.Name(person, caller.Id, name, now),
            cancel);
    }

    /// <summary>What each of them is called; who has no name is left out.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Of(IEnumerable<string> operatorIds, CancellationToken cancel)
    {
        var named = await Task.WhenAll(operatorIds.Distinct(StringComparer.Ordinal)
            .Select(async id => (Id: id, Name: await Of(id, cancel))));
        return named.Where(each => each.Name is not null)
            .ToDictionary(each => each.Id, each => each.Name!, StringComparer.Ordinal);
    }

    private async Task<string?> Of(string id, CancellationToken cancel) =>
        id.StartsWith(OperatorTokens.IdPrefix, StringComparison.Ordinal)
            ? (await store.Find<NamedPerson>(OperatorRows.Partition, OperatorRows.PersonRow(id), cancel))?.Name
            : (await store.Find<Operator>(OperatorRows.Partition, OperatorRows.Row(id), cancel))?.Name;
}

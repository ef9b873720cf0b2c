using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Pricing;

/// <summary>Partition <c>freight</c>: <c>freight:{id}</c> each template.</summary>
public static class FreightRows
{
    public const string Partition = "freight";
    public const string Prefix = "freight";

    public static string Row(string id) => $"{Prefix}:{id}";

    /// <summary>The template, or null when there is none, or the id is none at all.</summary>
    public static async Task<FreightTemplate?> Find(PartitionStore store, string id, CancellationToken cancel) =>
        Ids.IsId(id) ? await store.Find<FreightTemplate>(Partition, Row(id), cancel) : null;

    public static Layout<FreightTemplate?, FreightWritten> Template(string id) => new(
        Partition,
        Row(id),
        Loads: [],
        Read: rows => rows.Find<FreightTemplate>(Row(id)),
        Write: template => template is null ? [] : [new StateRow(Row(id), template)],
        Evolve: (_, written) => written.Template,
        Announce: written =>
        [
            OperatorMessages.Acted(new OperatorActedV1(
                written.OperatorId, "freight_template.write", id, written.Reason, written.Before?.Name,
                written.Template.Terms.Name, written.At)),
        ]);
}

using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>
/// Partition <c>{spread}:message-templates</c>: <c>template:{occasion}</c>, each with a version of its own.
/// </summary>
public static class MessageTemplateRows
{
    private const string Name = "message-templates";
    private const string Prefix = "template";
    private const int SpreadChars = 4;

    private static readonly string Partition = $"{Keys.Hash(Name)[..SpreadChars]}:{Name}";

    public static Layout<MessageTemplate?, MessageTemplateChanged> Of(Occasion occasion) => new(
        Partition,
        Row(occasion),
        Loads: [],
        Read: rows => rows.Find<MessageTemplate>(Row(occasion)),
        Write: template => template is null ? [] : [new StateRow(Row(occasion), template)],
        Evolve: (_, changed) => changed.After,
        Announce: Announce);

    /// <summary>The template of one occasion, <see cref="MessageTemplate.None"/> while nobody has set one.</summary>
    public static async Task<MessageTemplate> Find(
        PartitionStore store, Occasion occasion, CancellationToken cancel) =>
        await store.Find<MessageTemplate>(Partition, Row(occasion), cancel) ?? MessageTemplate.None(occasion);

    /// <summary>The templates of all occasions that have one.</summary>
    public static async Task<IReadOnlyDictionary<Occasion, MessageTemplate>> All(
        PartitionStore store, CancellationToken cancel)
    {
        var rows = await store.ReadUnder(Partition, Prefix, Enum.GetValues<Occasion>().Length, cancel);
        return rows.Select(row => Stored.Read<MessageTemplate>(row.Data))
            .Where(template => template.IsSet)
            .ToDictionary(template => template.Occasion);
    }

    private static string Row(Occasion occasion) => $"{Prefix}:{occasion}";

    private static IEnumerable<Message> Announce(MessageTemplateChanged changed) =>
    [
        OperatorMessages.Acted(new OperatorActedV1(
            changed.OperatorId, "message-template.change", changed.After.Occasion.ToString(), changed.Reason,
            changed.Before is { } before ? Stored.Write(before) : null, Stored.Write(changed.After), changed.At)),
    ];
}

using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Channels;

/// <summary>Partition <c>{spread}:channels</c>: <c>channel:{id}</c> each channel.</summary>
public static class ChannelRows
{
    public const string Prefix = "channel";

    private const string Name = "channels";
    private const int SpreadChars = 4;

    public static readonly string Partition = $"{Keys.Hash(Name)[..SpreadChars]}:{Name}";

    public static Layout<Channel?, ChannelWritten> Of(string channelId) => new(
        Partition,
        Row(channelId),
        Loads: [],
        Read: rows => rows.Find<Channel>(Row(channelId)),
        Write: channel => channel is null ? [] : [new StateRow(Row(channelId), channel)],
        Evolve: (_, written) => written.Channel,
        Announce: written =>
        [
            OperatorMessages.Acted(new OperatorActedV1(
                written.OperatorId, "channel.write", channelId, written.Reason,
                written.Before is { } before ? Stored.Write(before) : null, Stored.Write(written.Channel.Terms),
                written.At)),
        ]);

    /// <summary>The channel, or null when there is none, or the id is none at all.</summary>
    public static async Task<Channel?> Find(PartitionStore store, string? channelId, CancellationToken cancel) =>
        Ids.IsId(channelId) ? await store.Find<Channel>(Partition, Row(channelId!), cancel) : null;

    private static string Row(string channelId) => $"{Prefix}:{channelId}";
}

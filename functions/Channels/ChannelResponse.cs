using Pond.Kernel;

namespace Pond.Channels;

/// <summary>A channel as operators see it.</summary>
/// <param name="Scene">Of its mini-program code.</param>
public sealed record ChannelResponse(
    string ChannelId,
    string Scene,
    string Name,
    ChannelType Type,
    ChannelHook? Hook,
    int? PrintedCount,
    IReadOnlyList<string> TagIds,
    string? TemplateId,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    long Version,
    DateTimeOffset CreatedAt)
{
    public static ChannelResponse Of(Channel channel)
    {
        var terms = channel.Terms;
        return new ChannelResponse(
            channel.Id, ChannelScenes.Of(channel.Id), terms.Name, terms.Type, terms.Hook, terms.PrintedCount,
            terms.TagIds, terms.TemplateId, terms.StartsAt, terms.EndsAt, channel.Version, channel.CreatedAt);
    }
}

namespace Pond.Kernel;

/// <summary>
/// The scene of a mini-program code that leads to a channel: <c>c-</c> and the channel's id. Pure.
/// </summary>
/// <remarks>It is 28 characters of those that WeChat allows in a scene, which has 32.</remarks>
public static class ChannelScenes
{
    private const string Prefix = "c-";
    private const int IdChars = 26;

    public static string Of(string channelId) => Prefix + channelId;

    /// <summary>What stands for the channel in a scene; null in the scene of anything else.</summary>
    public static string? IdIn(string? scene) =>
        scene?.Length == Prefix.Length + IdChars && scene.StartsWith(Prefix, StringComparison.Ordinal)
            ? scene[Prefix.Length..]
            : null;
}

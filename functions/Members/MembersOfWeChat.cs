namespace Pond.Members;

/// <summary>Whom WeChat means when it names a user. For those whom WeChat tells something.</summary>
public sealed class MembersOfWeChat(Identities identities)
{
    /// <summary>The member's id, or null when the user is none.</summary>
    public async Task<string?> Find(string openId, CancellationToken cancel) =>
        (await identities.Find(identities.OfOpenId(openId), cancel))?.MemberId;
}

namespace Pond.Members;

/// <summary>
/// WeChat's name for a member, as of the last login. For those who have WeChat ask or tell them something.
/// </summary>
public sealed class OpenIds(PersonalData people, Survivors survivors)
{
    /// <summary>Of whoever the member is now; null when they have left.</summary>
    public async Task<string?> Of(string memberId, CancellationToken cancel) =>
        await survivors.Find(memberId, cancel) is { } standing
            ? (await people.Find(standing.Id, cancel))?.OpenId
            : null;
}

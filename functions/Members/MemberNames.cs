using System.Globalization;

namespace Pond.Members;

/// <summary>What others see of a member's name. A read model for other slices.</summary>
public sealed class MemberNames(PersonalData people, Survivors survivors)
{
    private const char Mask = '*';

    /// <summary>
    /// The first character of the nickname and a mask, as whoever the member is now; null when they gave none, or are
    /// gone.
    /// </summary>
    public async Task<string?> Masked(string memberId, CancellationToken cancel) =>
        await survivors.Find(memberId, cancel) is { } now
            ? Masked((await people.Find(now.Id, cancel))?.Nickname)
            : null;

    // What people take for one character may be several; and the mask does not tell how many are behind it.
    internal static string? Masked(string? text) => text is null ? null : StringInfo.GetNextTextElement(text) + Mask;
}

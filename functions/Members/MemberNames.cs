using System.Globalization;

namespace Pond.Members;

/// <summary>What others see of a member's name. A read model for other slices.</summary>
public sealed class MemberNames(PersonalData people, Survivors survivors)
{
    /// <summary>Who gave no name, or is gone.</summary>
    public const string Nobody = "好友";

    private const char Mask = '*';

    /// <summary>The same as <see cref="Masked(string, CancellationToken)"/>, and never nothing.</summary>
    public async Task<string> Shown(string memberId, CancellationToken cancel) =>
        await Masked(memberId, cancel) ?? Nobody;

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

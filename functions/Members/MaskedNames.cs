using System.Globalization;

namespace Pond.Members;

/// <summary>How a member is called where others see it: the first character of the nickname. For other slices.</summary>
public sealed class MaskedNames(PersonalData people)
{
    /// <summary>Of somebody who has left, or has told no name.</summary>
    public const string Nobody = "好友";

    private const string Mask = "**";

    /// <summary>Such as <c>茶**</c>.</summary>
    public async Task<string> Of(string memberId, CancellationToken cancel) =>
        (await people.Find(memberId, cancel))?.Nickname is { Length: > 0 } name
            ? StringInfo.GetNextTextElement(name) + Mask
            : Nobody;
}

using System.Globalization;

namespace Pond.Members;

/// <summary>How a member is called before others: nobody is to be known by it. A read model for other slices.</summary>
public sealed class MaskedNames(PersonalData people)
{
    private const char Mask = '*';

    /// <summary>The first character of the nickname and a mask, or null when the member gave none.</summary>
    public async Task<string?> Of(string memberId, CancellationToken cancel) =>
        // What people take for one character may be several; and the mask does not tell how many are behind it.
        (await people.Find(memberId, cancel))?.Nickname is { } nickname
            ? StringInfo.GetNextTextElement(nickname) + Mask
            : null;
}

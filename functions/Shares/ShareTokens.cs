using System.Buffers.Binary;
using System.Globalization;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;

namespace Pond.Shares;

/// <summary>Makes tokens and invite codes, from the app's secret: so nobody reads a member out of one.</summary>
public sealed class ShareTokens(KeyedHashes hashes)
{
    /// <summary>Characters of an invite code, its check character included.</summary>
    public const int InviteChars = 8;

    private const char Separator = '\n'; // in no id and no channel

    /// <summary>26 characters, so that it fits into the scene of a mini-program code, which has 32.</summary>
    public string Of(string sharerId, ShareKind kind, string objectId, string? channel) => Ids.From(
        Convert.ToHexString(hashes.Of(
            "share", string.Join(Separator, sharerId, kind.ToString(), objectId, channel ?? ""))));

    /// <summary>INV-01: the code that a member gets, should it be free.</summary>
    /// <param name="choice">0 for the first choice, 1 for the next where that is another member's …</param>
    public string InviteOf(string memberId, int choice)
    {
        var hash = hashes.Of("invite", string.Create(CultureInfo.InvariantCulture, $"{memberId}:{choice}"));
        return LegibleCodes.Of(
            BinaryPrimitives.ReadUInt128BigEndian(hash) % LegibleCodes.Count(InviteChars), InviteChars);
    }

    /// <summary>The token or code that somebody followed, as it is stored; null when it can be neither.</summary>
    public static string? Parse(string text) => Ids.IsId(text) ? text : LegibleCodes.Parse(text, InviteChars);
}

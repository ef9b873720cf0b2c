using Pond.Kernel;
using Pond.Members;
using Pond.Platform.Http;

namespace Pond.FlashSales;

/// <summary>
/// FLS-03: who counts as one buyer of a flash sale: a WeChat user, not a member. So whoever leaves and registers anew
/// has no second chance. It is a keyed hash, another one in each sale, so rows tell nobody.
/// </summary>
/// <remarks>
/// By the openid of the last login, of which a WeChat user has one in a mini-program. Two accounts that were merged
/// have two, as they had before.
/// </remarks>
public sealed class Takers(OpenIds openIds, KeyedHashes hashes)
{
    private const string Purpose = "flash-sale-taker";
    private const int HashBytes = 16;

    /// <exception cref="ProblemException">The member has left meanwhile.</exception>
    public async Task<string> Of(string memberId, string flashSaleId, CancellationToken cancel)
    {
        var openId = await openIds.Of(memberId, cancel) ?? throw new ProblemException(Refusal.SignInAgain);
        return Convert.ToHexStringLower(hashes.Of(Purpose, $"{flashSaleId}|{openId}").AsSpan(0, HashBytes));
    }
}

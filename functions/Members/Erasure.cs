using Pond.Platform;

namespace Pond.Members;

/// <summary>AUTH-06: erases the person behind a member. The member's ledger stays, and names nobody.</summary>
/// <remarks>
/// The identities go first and the person last, as the person tells which they are: whoever is stopped in between
/// begins again and finds what is left. Nothing that is erased comes back: the key's row then says so for good.
/// </remarks>
public sealed class Erasure(PersonalData people, Identities identities, Survivors survivors)
{
    private const int AttemptsMax = 8;

    public async Task Run(string memberId, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var kept = await people.Load(memberId, cancel);
            if (kept.IsErased) return;
            foreach (var key in kept.Person is { } person ? identities.KeysOf(person) : [])
            {
                var identity = await identities.Find(key, cancel);
                if (identity is not null && await IsOf(identity, memberId, cancel))
                    await identities.Unlink(key, identity, cancel);
            }

            if (await people.TryErase(kept, cancel)) return;
        }

        throw new ContendedException(nameof(Erasure));
    }

    // An identity of an account that was merged into this one may have been linked after the merge.
    private async Task<bool> IsOf(Identity identity, string memberId, CancellationToken cancel) =>
        identity.MemberId == memberId || (await survivors.Find(identity.MemberId, cancel))?.Id == memberId;
}

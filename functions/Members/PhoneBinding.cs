using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>AUTH-02: gives a phone number to one member, and takes their former one away.</summary>
/// <remarks>
/// A number is a member's when its identity names the member and the person holds the number: two partitions, so the
/// steps have an order. The number is noted with the person, claimed, then bound, each only if the person is still
/// as read; the former number is released last. Whoever stops in between leaves a claim without a bound number:
/// after a while somebody else may take it, and first writes the claimant's person anew, so that a claimant who
/// comes back to life finds that, and begins again.
/// </remarks>
public sealed class PhoneBinding(
    Identities identities, PersonalData people, Survivors survivors, TimeProvider clock)
{
    /// <summary>How long a claim without a bound number is taken for one under way.</summary>
    public static readonly TimeSpan ClaimPatience = TimeSpan.FromMinutes(10);

    private const int AttemptsMax = 8;

    /// <summary>Binds it; the member may have it already.</summary>
    /// <param name="number">In its canonical form.</param>
    /// <returns>The person, or null when the number is another member's.</returns>
    /// <exception cref="ProblemException">The person is not there any more.</exception>
    public async Task<Person?> Bind(string memberId, string number, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            if (await Note(memberId, number, cancel) is not { Person: { } person } noted) continue;
            if (IsBound(person, number)) return person;
            if (!await Claim(memberId, number, cancel))
            {
                await people.TryReplace(noted, person.With(person.Phone, person.Loose.Except([number])), cancel);
                return null;
            }

            if (await people.TryReplace(noted, person.With(number, person.Numbers), cancel) is not { } bound) continue;
            await Release(bound, cancel);
            return bound.Person;
        }

        throw new ContendedException(nameof(PhoneBinding));
    }

    /// <summary>
    /// Writes the person anew even when the number is noted already: others see that somebody is at it.
    /// </summary>
    /// <returns>As noted, or as it is when nothing is to do; null when somebody else wrote in between.</returns>
    private async Task<KeptPerson?> Note(string memberId, string number, CancellationToken cancel)
    {
        var kept = await people.Load(memberId, cancel);
        if (kept.Person is not { } person)
        {
            await identities.Release(memberId, [identities.OfPhone(number)], cancel);
            throw new ProblemException(kept.IsErased ? MemberRefusals.Gone : MemberRefusals.Missing);
        }

        return IsBound(person, number)
            ? kept
            : await people.TryReplace(kept, person.With(person.Phone, [.. person.Loose, number]), cancel);
    }

    private async Task<bool> Claim(string memberId, string number, CancellationToken cancel)
    {
        var key = identities.OfPhone(number);
        var held = await identities.Find(key, cancel);
        if (held is not null && held.MemberId != memberId)
        {
            if (await survivors.Find(held.MemberId, cancel) is { } owner
                && !await IsAbandoned(held, owner, number, cancel)) return false;
            await identities.Unlink(key, held, cancel);
        }

        return await identities.TryLink(key, memberId, replacing: null, cancel);
    }

    // Of who has left, nothing stays anybody's, whether the erasure has come by or not.
    private async Task<bool> IsAbandoned(
        Identity held, MemberStanding owner, string number, CancellationToken cancel)
    {
        if (owner.Status is MemberStatus.Deleted) return true;
        if (clock.GetUtcNow() < held.LinkedAt + ClaimPatience) return false;
        var claimant = await people.Load(owner.Id, cancel);
        if (claimant.Person is not { } person) return true;
        return !person.IsKnownBy(number) && await people.TryReplace(claimant, person, cancel) is not null;
    }

    // The identities are read before the person is looked at again: a claim that came later has another tag, and one
    // that came earlier has left its note.
    private async Task Release(KeptPerson bound, CancellationToken cancel)
    {
        var person = bound.Person!;
        if (person.Loose.Count == 0) return;
        var keys = person.Loose.Select(identities.OfPhone).ToArray();
        var held = await Task.WhenAll(keys.Select(key => identities.Find(key, cancel)));
        if ((await people.Load(bound.MemberId, cancel)).PersonETag != bound.PersonETag) return;
        foreach (var (key, identity) in keys.Zip(held))
        {
            if (identity?.MemberId == bound.MemberId) await identities.Unlink(key, identity, cancel);
        }

        await people.TryReplace(bound, person.With(person.Phone, []), cancel);
    }

    private static bool IsBound(Person person, string number) => person.Phone == number && person.Loose.Count == 0;
}

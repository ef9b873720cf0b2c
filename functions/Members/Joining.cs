using Pond.Platform;

namespace Pond.Members;

/// <summary>AUTH-10: makes one person of those behind two accounts.</summary>
/// <remarks>
/// The survivor's person is written first, so that it knows every identity before one leads to it; the other person
/// is erased last, as it tells which identities there are. Whoever is stopped in between begins again.
/// </remarks>
public sealed class Joining(PersonalData people, Identities identities, PersonalMoves moves, Birthdays birthdays)
{
    private const int AttemptsMax = 8;

    public async Task Run(string fromMemberId, string intoMemberId, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var from = await people.Load(fromMemberId, cancel);
            if (from.IsErased) return;
            if (from.Person is { } person)
            {
                if (person.Birthday is not null) await birthdays.Expect(intoMemberId, cancel);
                var into = await people.Load(intoMemberId, cancel);
                if (into.Person is { } kept
                    && await people.TryReplace(into, kept.JoinedBy(person), cancel) is null) continue;
                if (!into.IsErased) await moves.Run(fromMemberId, intoMemberId, cancel);
                foreach (var key in identities.KeysOf(person))
                {
                    var identity = await identities.Find(key, cancel);
                    if (identity?.MemberId == fromMemberId)
                        await identities.TryLink(key, intoMemberId, replacing: identity, cancel);
                }
            }

            if (await people.TryErase(from, cancel)) return;
        }

        throw new ContendedException(nameof(Joining));
    }
}

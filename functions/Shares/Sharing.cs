using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Shares;

/// <summary>Makes shares, and looks at what is behind one.</summary>
public sealed class Sharing(
    Transactor transactor,
    PartitionStore store,
    ShareTokens tokens,
    Survivors survivors,
    IEnumerable<IShareable> shareables,
    TimeProvider clock)
{
    private const int ChoicesMax = 16; // of 27 billion codes each: this is a seat belt

    /// <summary>INV-02: a member shares something; the same again is the same share.</summary>
    public async Task<(Share? Share, Refusal? WhyNot)> Make(
        string memberId, ShareKind kind, string objectId, string? channel, CancellationToken cancel)
    {
        if (await Find(kind, objectId, memberId, cancel) is not { } thing) return (null, ShareRefusals.NothingThere);
        var share = new Share(
            tokens.Of(memberId, kind, objectId, channel), memberId, kind, objectId, channel, thing.Title,
            thing.ImageUrl, clock.GetUtcNow());
        var decision = await Keep(share, cancel);
        return decision.Refusal is { } why ? (null, why) : (share, null);
    }

    /// <summary>INV-01: the member's code, always the same one.</summary>
    public async Task<string> Invite(string memberId, CancellationToken cancel)
    {
        for (var choice = 0; choice < ChoicesMax; choice++)
        {
            var code = tokens.InviteOf(memberId, choice);
            var share = new Share(
                code, memberId, ShareKind.Invite, ObjectId: null, Channel: null, ShareRules.InviteTitle,
                ImageUrl: null, clock.GetUtcNow());
            if ((await Keep(share, cancel)).Refusal is null) return code;
        }

        throw new InvalidOperationException($"All {ChoicesMax} codes are taken that {memberId} could have.");
    }

    /// <summary>INV-03: what somebody sees who has followed a token or a code; null when there is none.</summary>
    /// <param name="viewer">Null without a login.</param>
    public async Task<Landing?> Look(string text, MemberCaller? viewer, CancellationToken cancel)
    {
        if (ShareTokens.Parse(text) is not { } token) return null;
        if (await store.Find<Share>(ShareRows.Partition(token), ShareRows.Head, cancel) is not { } share) return null;

        var thing = share.ObjectId is { } id ? await Find(share.Kind, id, viewer?.Id, cancel) : null;
        var isOwn = viewer is not null && (await survivors.Find(share.SharerId, cancel))?.Id == viewer.Id;
        return new Landing(share, thing, isOwn, ShareRules.WhyNot(share, thing, viewer, isOwn));
    }

    private async Task<ShareObject?> Find(ShareKind kind, string id, string? viewerId, CancellationToken cancel) =>
        shareables.SingleOrDefault(one => one.Kind == kind) is { } shareable
            ? await shareable.Find(id, viewerId, cancel)
            : null;

    // Whoever is stopped in between has given nobody the token, and asks again.
    private async Task<Decision<ShareEvent>> Keep(Share share, CancellationToken cancel)
    {
        var operation = new Operation(nameof(Sharing), $"{share.SharerId} {share.Token}", Fingerprint: null);
        var decision = await transactor.Run(
            ShareRows.Of(share.Token), operation, (known, _) => ShareRules.Make(known, share), cancel);
        return decision.Refusal is null
            ? await transactor.Run(
                ShareRows.OfSharer(share), operation, (known, _) => ShareRules.Make(known, share), cancel)
            : decision;
    }
}

/// <summary>What is behind a token.</summary>
/// <param name="Thing">As it is now; null when it is gone, and for an invitation.</param>
/// <param name="IsOwn">Whether the viewer has shared it.</param>
/// <param name="WhyNot">Why the viewer cannot follow, or null.</param>
public sealed record Landing(Share Share, ShareObject? Thing, bool IsOwn, Refusal? WhyNot);

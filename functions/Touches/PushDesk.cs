using System.Globalization;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Platform.WeChat;

namespace Pond.Touches;

/// <summary>TCH-01: keeps what WeChat has pushed, once however often it comes, as a message.</summary>
/// <remarks>Partition <c>wp:{memberId}</c>, the row <c>pushes</c>. No openid is stored.</remarks>
public sealed class PushDesk(Transactor transactor, MembersOfWeChat members)
{
    private const string Popup = "subscribe_msg_popup_event";
    private const string Change = "subscribe_msg_change_event";
    private const string Accept = "accept";
    private const string Reject = "reject";
    private const string Head = "pushes";

    /// <summary>Keeps it. What tells of no member, or of nothing that is counted, is forgotten.</summary>
    public async Task Keep(WeChatPush push, CancellationToken cancel)
    {
        if (push.Event is not (Popup or Change)) return;
        ToldSubscription[] told =
        [
            .. push.Templates
                .Where(one => one.TemplateId.Length is > 0 and <= MessageTemplate.IdCharsMax
                    && one.Status is Accept or Reject)
                .Select(one => new ToldSubscription(one.TemplateId, one.Status == Accept)),
        ];
        if (told.Length == 0 || await members.Find(push.OpenId, cancel) is not { } memberId) return;

        var seconds = push.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var key = Keys.Hash(memberId, seconds, push.Event, Stored.Write(told));
        await transactor.Run(
            Layout(memberId),
            new Operation(nameof(PushDesk), key, Fingerprint: null),
            (_, _) => (Decision<SubscriptionToldV1>)new SubscriptionToldV1(memberId, told, push.At),
            cancel);
    }

    private static Layout<PushCount, SubscriptionToldV1> Layout(string memberId) => new(
        $"wp:{memberId}",
        Head,
        Loads: [],
        Read: rows => rows.Find<PushCount>(Head) ?? new PushCount(0),
        Write: count => [new StateRow(Head, count)],
        Evolve: (count, _) => new PushCount(count.Pushes + 1),
        Announce: told => [TouchSendMessages.Told(told)]);

    private sealed record PushCount(int Pushes);
}

using Pond.Platform;

namespace Pond.Shares;

/// <summary>Partition <c>sh:{token}</c>, one row <c>share</c>. Nobody hears of it.</summary>
public static class ShareRows
{
    public const string Head = "share";

    public static string Partition(string token) => "sh:" + token;

    public static Layout<Share?, ShareEvent> Of(string token) => new(
        Partition(token),
        Head,
        Loads: [],
        Read: rows => rows.Find<Share>(Head),
        Write: share => share is null ? [] : [new StateRow(Head, share)],
        Evolve: (_, fact) => ((ShareEvent.Made)fact).Share);
}

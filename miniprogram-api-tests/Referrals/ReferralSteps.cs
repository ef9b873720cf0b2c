using System.Net.Http.Json;
using Pond.Members;
using Pond.Platform;
using Pond.Points;
using Pond.Referrals;
using Pond.Tests.Orders;

namespace Pond.Tests.Referrals;

/// <summary>What tests of referrals do over and over.</summary>
internal static class ReferralSteps
{
    public const string ProgrammePath = "/api/operator/referral-programme";
    public const int WaitDays = 7;

    /// <summary>200 points and 30 growth for whoever brings a friend, and 100 points for the friend.</summary>
    public static Dictionary<string, object?> Programme(long version = 0) => new()
    {
        ["version"] = version,
        ["isOn"] = true,
        ["forReferrer"] = new { points = 200, growth = 30 },
        ["forFriend"] = new { points = 100 },
        ["qualifyDays"] = 30,
        ["waitDays"] = WaitDays,
        ["reason"] = "老带新",
    };

    public static async Task SetReferrals(this MiniProgramApi api, Action<Dictionary<string, object?>>? change = null)
    {
        var body = Programme();
        change?.Invoke(body);
        var answer = await api.Operator().Put(ProgrammePath, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Somebody logs in for the first time, by an invitation.</summary>
    public static async Task<Phone> Bring(this MiniProgramApi api, string friend, string inviteCode)
    {
        var answer = await api.Http.PostAsJsonAsync(
            "/api/session", new { code = api.Sandbox.Codes.Issue(friend), inviteCode });
        var session = await answer.EnsureSuccessStatusCode().Json();
        return new Phone(api, session.Text("memberId"), session.Text("accessToken"), session.Text("refreshToken"));
    }

    /// <summary>A friend who has come and paid an order; its id.</summary>
    public static async Task<string> BringBuyer(
        this MiniProgramApi api, string friend, string inviteCode, string skuId, int pieces = 1)
    {
        var orderId = await (await api.Bring(friend, inviteCode)).Bought(new Wish(skuId, pieces));
        await api.Deliver();
        return orderId;
    }

    /// <summary>Days go by, the timer pays what is due, and everybody hears of it.</summary>
    public static async Task LetRewardsCome(this MiniProgramApi api, double days = WaitDays)
    {
        api.Clock.Advance(TimeSpan.FromDays(days) + TimeSpan.FromMinutes(2));
        await api.Fire(nameof(RewardReferrals));
        await api.Deliver();
    }

    /// <summary>The friends of a member with the state of each, and what the member has for them.</summary>
    public static async Task<(string State, long Points, long Growth)[]> Friends(this MiniProgramApi api, string shopper) =>
    [
        .. (await (await api.LogIn(shopper)).AllPages("/api/me/referrals", 100))
            .Select(friend => (friend.Text("state"), friend.Whole("points"), friend.Whole("growth"))),
    ];

    /// <summary>What somebody has got for friends, or as one, less what was taken back of that.</summary>
    public static async Task<long> ReferralPoints(this MiniProgramApi api, string shopper)
    {
        var partition = MemberRows.Partition((await api.LogIn(shopper)).MemberId);
        return StoredRow.All(api)
            .Where(row => row.Partition == partition && row.Key.StartsWith(PointsRows.EntryPrefix + ":", StringComparison.Ordinal))
            .Select(row => Stored.Read<Entry>(row.Data)).Where(IsOfReferral).Sum(entry => entry.Points);
    }

    private static bool IsOfReferral(Entry entry) => entry.Cause.Kind is Cause.Referral
        || entry.Cause.Id.StartsWith(Cause.Referral + ".", StringComparison.Ordinal);
}

namespace Pond.LocalHost.Demo;

/// <summary>The requests that the demo makes, of the app and of the WeChat sandbox.</summary>
internal static class Api
{
    private const string Templates = "/api/operator/coupon-templates";

    private static readonly string[] OperatorRoles = ["marketing", "service"];

    /// <summary>What <c>wx.login</c> does on a phone.</summary>
    public static Request LoginCode(Uri sandbox, string shopper) =>
        new(HttpMethod.Post, new Uri(sandbox, "/__sandbox/codes").ToString(), Body: new { shopper });

    public static Request Login(string code) => new(HttpMethod.Post, "/api/session", Body: new { code });

    public static Request Refresh(string refreshToken) =>
        new(HttpMethod.Post, "/api/session/refresh", Body: new { refreshToken });

    public static Request Logout(string bearer) => new(HttpMethod.Delete, "/api/session", bearer);

    public static Request Me(string bearer) => new(HttpMethod.Get, "/api/me", bearer);

    public static Request Rename(string bearer, string nickname) =>
        new(HttpMethod.Put, "/api/me", bearer, new { nickname });

    public static Request Offers() => new(HttpMethod.Get, "/api/coupons?limit=100");

    /// <remarks>One key for each member and template: a later run gets the coupon of the first one again.</remarks>
    public static Request Claim(string bearer, string templateId) =>
        new(HttpMethod.Post, $"/api/coupons/{templateId}/claims", bearer, IdempotencyKey: $"demo-{templateId}");

    public static Request Wallet(string bearer) => new(HttpMethod.Get, "/api/me/coupons?limit=100", bearer);

    public static Request CheckIn(string bearer, string key) =>
        new(HttpMethod.Post, "/api/me/check-ins", bearer, IdempotencyKey: key);

    public static Request Points(string bearer) => new(HttpMethod.Get, "/api/me/points", bearer);

    public static Request Ledger(string bearer) => new(HttpMethod.Get, "/api/me/points/entries?limit=5", bearer);

    public static Request AdjustPoints(string operatorKey, string memberId, long points, string reason, string key) =>
        new(HttpMethod.Post, "/api/operator/points-adjustments", operatorKey, new { memberId, points, reason }, key);

    public static Request AddOperator(string bootstrapKey, string name, string key) =>
        new(HttpMethod.Post, "/api/operator/operators", bootstrapKey, new { name, roles = OperatorRoles }, key);

    public static Request RevokeOperator(string bootstrapKey, string operatorId) =>
        new(HttpMethod.Delete, $"/api/operator/operators/{operatorId}", bootstrapKey);

    public static Request ListTemplates(string operatorKey) =>
        new(HttpMethod.Get, $"{Templates}?limit=100", operatorKey);

    public static Request CreateTemplate(string operatorKey, Plan plan, DateTimeOffset claimFrom, string key)
    {
        var body = new
        {
            plan.Name,
            kind = plan.AmountFen is null ? "percentOff" : "amountOff",
            plan.AmountFen,
            plan.OffBp,
            plan.CapFen,
            plan.ThresholdFen,
            claimFrom,
            claimUntil = claimFrom.AddDays(TeaShop.ClaimDays),
            TeaShop.ValidDays,
            perMember = 1,
            plan.Stock,
        };
        return new Request(HttpMethod.Post, Templates, operatorKey, body, key);
    }

    public static Request Publish(string operatorKey, string templateId) =>
        new(HttpMethod.Put, $"{Templates}/{templateId}/state", operatorKey, new { state = "published" });

    public static Request Template(string operatorKey, string templateId) =>
        new(HttpMethod.Get, $"{Templates}/{templateId}", operatorKey);
}

namespace Pond.LocalHost.Demo;

// What the demo reads of the answers; a client need not know all their fields.

internal sealed record ProblemAnswer(string Code, string Detail);

internal sealed record CodeAnswer(string Code);

internal sealed record SessionAnswer(string MemberId, string AccessToken, string RefreshToken);

internal sealed record ProfileAnswer(string Nickname);

internal sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? Next);

internal sealed record OfferAnswer(string TemplateId, string Name, DateTimeOffset ClaimUntil);

internal sealed record CouponAnswer(string CouponId, string Name, DateTimeOffset ClaimedAt, DateTimeOffset ValidUntil);

internal sealed record CheckInAnswer(int StreakDays, long RewardPoints);

internal sealed record PointsAnswer(long SpendablePoints);

internal sealed record EntryAnswer(string CauseKind, long Points, long AfterPoints);

internal sealed record AdjustmentAnswer(long Points, long AfterPoints);

internal sealed record OperatorAnswer(string OperatorId, string Key);

internal sealed record TemplateAnswer(OfferAnswer Offer, string State, int Stock);

internal sealed record StockAnswer(TemplateAnswer Template, int ClaimedCount, int FreeCount);

internal sealed record PieceAnswer(long Available);

internal sealed record PromotionTermsAnswer(string Name, DateTimeOffset EndsAt);

internal sealed record PromotionAnswer(string PromotionId, PromotionTermsAnswer Terms, string State);

internal sealed record QuoteAnswer(
    long ListFen, long PromotionOffFen, long PayableFen, long EarnsPoints, long EarnsGrowth, string Token);

internal sealed record OrderAnswer(string OrderId, string State, long RefundedFen);

internal sealed record PaymentParametersAnswer(
    string TimeStamp, string NonceStr, string Package, string SignType, string PaySign);

internal sealed record PaymentAnswer(string State, long PayableFen, PaymentParametersAnswer? Parameters);

internal sealed record SandboxPaymentAnswer(string TransactionId, long PaidFen);

internal sealed record RefundAnswer(long AmountFen);

internal sealed record TierAnswer(long TotalGrowth);

internal sealed record ActivityAnswer(string ActivityId, string State);

internal sealed record DealOrderAnswer(string OrderId, string SubjectId, long PayableFen);

internal sealed record GroupAnswer(string State, int PaidSeats, int LeastSeats);

internal sealed record AttemptAnswer(string AttemptId);

internal sealed record AttemptStandAnswer(string State, long PriceFen, int CutsLeft);

internal sealed record CutAnswer(int Number, long CutFen);

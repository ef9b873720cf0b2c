using System.Globalization;
using System.Security.Cryptography;

namespace Pond.Platform.WeChat.Pay;

/// <summary>Money that goes back, and what remains: the bill of a day.</summary>
public sealed partial class WeChatPay
{
    /// <summary>Of what the payer reads; more is cut.</summary>
    public const int ReasonBytesMax = 80;

    private const string Refunds = "/v3/refund/domestic/refunds";
    private const string BillFile = "/v3/billdownload/file";

    /// <summary>POST /v3/refund/domestic/refunds: the same number is refunded once.</summary>
    public async Task<RefundOutcome> Refund(RefundRequest request, CancellationToken cancel)
    {
        var body = new
        {
            out_trade_no = request.OutTradeNo,
            out_refund_no = request.RefundNo,
            reason = Utf8Text.Cut(request.Reason, ReasonBytesMax),
            notify_url = NotifyUrl(request.NotifyPath),
            amount = new { refund = request.RefundFen, total = request.TotalFen, currency = Currency },
        };
        var answer = await calls.Post("refund", Refunds, body, cancel);
        return Judge(answer, request.RefundNo) switch
        {
            RefundOutcome.Known known when known.News.OutTradeNo != request.OutTradeNo => new RefundOutcome.Unknown(),
            RefundOutcome.Unknown when answer?.Refusal is { Length: > 0 } code => new RefundOutcome.Refused(code),
            var outcome => outcome,
        };
    }

    /// <summary>GET /v3/refund/domestic/refunds/{number}.</summary>
    /// <remarks>Never <see cref="RefundOutcome.Refused"/>: a "no" to the question is none to the refund.</remarks>
    public async Task<RefundOutcome> QueryRefund(string refundNo, CancellationToken cancel)
    {
        var path = $"{Refunds}/{Uri.EscapeDataString(refundNo)}";
        return Judge(await calls.Get("refund query", path, cancel), refundNo);
    }

    /// <summary>GET /v3/bill/tradebill, then the file it names, held against its SHA-1.</summary>
    /// <param name="day">A day in China that is over.</param>
    public async Task<BillOutcome> DownloadBill(DateOnly day, CancellationToken cancel)
    {
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var path = $"/v3/bill/tradebill?bill_date={date}&bill_type=ALL";
        var announced = await calls.Get("bill", path, cancel);
        if (announced?.Refusal is "NOSTATEMENTEXIST" or "STATEMENTCREATING") return new BillOutcome.Missing();
        if (announced is not { IsSuccess: true }
            || announced.Body.Text("hash_type") != "SHA1"
            || announced.Body.Text("hash_value") is not { } hash
            || FilePath(announced.Body.Text("download_url")) is not { } filePath
            || await calls.Download("bill file", filePath, cancel) is not { } file
            || !IsSha1(file, hash))
            return new BillOutcome.Unknown();
        return TradeBill.Read(file) is { } lines ? new BillOutcome.Ready(lines) : new BillOutcome.Unknown();
    }

    private RefundOutcome Judge(PayAnswer? answer, string refundNo)
    {
        if (answer is null or { Status: >= 500 }) return new RefundOutcome.Unknown();
        if (answer.IsBusy) return new RefundOutcome.Busy();
        if (answer.Refusal is "RESOURCENOTEXISTS" or "ORDERNOTEXIST" or "REFUNDNOTEXISTS" or "REFUNDNOTEXIST")
            return new RefundOutcome.Missing();
        return answer.IsSuccess
            && PayFacts.Refund(answer.Body, "status", options.MchId) is { } news && news.RefundNo == refundNo
            ? new RefundOutcome.Known(news)
            : new RefundOutcome.Unknown();
    }

    // Whatever host the answer names, the signed request goes to the one of the settings.
    private static string? FilePath(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.AbsolutePath == BillFile
            ? uri.PathAndQuery
            : null;

#pragma warning disable CA5350 // WeChat announces SHA-1; the announcement itself is signed by RSA
    private static bool IsSha1(byte[] file, string hash) =>
        Convert.ToHexString(SHA1.HashData(file)).Equals(hash, StringComparison.OrdinalIgnoreCase);
#pragma warning restore CA5350
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Bills are asked for by their day, and fetched as a file from another address.</summary>
internal sealed class BillFiles(SandboxPay pay, TimeProvider clock)
{
    private const int TokenChars = 64;
    private const int MonthsKept = 3;

    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    private readonly ConcurrentDictionary<string, byte[]> fileByToken = new();

    public Task Announce(PayCall call)
    {
        if (!DateOnly.TryParseExact(
            call.Query("bill_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw new PayException(PayError.Param("/query/bill_date", "格式不符合要求", "query"));
        var query = call.Http.Request.Query;
        if (query["bill_type"].ToString() is not ("" or "ALL") || query["tar_type"].Count > 0)
            throw new PayException(PayError.Param("/query/bill_type", "沙箱只有不压缩的ALL账单", "query"));
        CheckReady(day);
        var text = pay.Bill(day);
        if (text.Length == 0)
            throw new PayException(PayError.NoBill);

        var file = Encoding.UTF8.GetBytes(text);
        var token = RandomNumberGenerator.GetHexString(TokenChars, lowercase: true);
        fileByToken[token] = file;
        var request = call.Http.Request;
        return call.Answer(new
        {
            hash_type = "SHA1",
            hash_value = Sha1(file),
            download_url = $"{request.Scheme}://{request.Host}{PayEndpoints.Prefix}/billdownload/file?token={token}",
        });
    }

    public Task Send(PayCall call) => fileByToken.TryGetValue(call.Query("token"), out var file)
        ? call.AnswerFile(file)
        : throw new PayException(PayError.NoBill);

    private void CheckReady(DateOnly day)
    {
        var now = clock.GetUtcNow();
        var begin = new DateTimeOffset(day, TimeOnly.MinValue, ChinaOffset);
        if (day >= PayBill.Day(now) || day < PayBill.Day(now).AddMonths(-MonthsKept))
            throw new PayException(PayError.Invalid("账单日期不在可下载的范围内"));
        if (now < begin + PayBill.ReadyAfter)
            throw new PayException(PayError.BillInTheMaking);
    }

    /// <summary>WeChat's choice, to find a broken download by; against a forger it would not help.</summary>
#pragma warning disable CA5350
    private static string Sha1(byte[] file) => Convert.ToHexStringLower(SHA1.HashData(file));
#pragma warning restore CA5350
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Pond.Platform.WeChat.Pay;

/// <summary>Reads the file of a day's bill: a table whose values begin with a backquote, then a summary.</summary>
/// <remarks>Source: WeChat Pay, "交易账单", type ALL. Amounts are yuan with decimals.</remarks>
public static partial class TradeBill
{
    private const string RowStart = "`";
    private const string BetweenValues = ",`";
    private const string SummaryStart = "总交易单数";

    /// <summary>The lines, or null when this is no bill.</summary>
    public static IReadOnlyList<BillLine>? Read(ReadOnlySpan<byte> file)
    {
        var lines = Encoding.UTF8.GetString(file).TrimStart('\uFEFF').Split('\n');
        if (Columns.Of(lines[0].TrimEnd('\r')) is not { } columns) return null;
        var read = new List<BillLine>();
        foreach (var line in lines.Skip(1).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0))
        {
            if (line.StartsWith(SummaryStart, StringComparison.Ordinal)) return read;
            if (!line.StartsWith(RowStart, StringComparison.Ordinal)) return null;
            if (Line(columns, line[RowStart.Length..].Split(BetweenValues)) is not { } one) return null;
            read.Add(one);
        }

        return null; // cut off before its summary
    }

    /// <summary>Yuan with at most two decimals that count, as fen; null when it is something else.</summary>
    public static long? Fen(string yuan)
    {
        if (!Amount().IsMatch(yuan)) return null;
        var fen = decimal.Parse(yuan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * 100;
        return decimal.IsInteger(fen) ? (long)fen : null;
    }

    private static BillLine? Line(Columns columns, string[] values)
    {
        if (columns.OutTradeNo.In(values) is not { Length: > 0 } outTradeNo
            || columns.TransactionId.In(values) is not { Length: > 0 } transactionId
            || Fen(columns.Amount.In(values)) is not { } amountFen
            || Fen(columns.Refund.In(values)) is not { } refundFen)
            return null;
        var refundNo = columns.RefundNo.In(values) is var number and not ("" or "0") ? number : null;
        var state = (refundNo is null ? columns.State : columns.RefundState).In(values);
        return new(outTradeNo, transactionId, amountFen, refundNo, refundFen, state);
    }

    [GeneratedRegex(@"^[0-9]{1,13}(\.[0-9]{1,6})?\z")]
    private static partial Regex Amount();

    /// <summary>Where a value is: counted from the end when shoppers' or shops' free text comes before it.</summary>
    private readonly record struct Column(int FromStart, int FromEnd, bool IsAfterFreeText)
    {
        public string In(string[] values)
        {
            var index = IsAfterFreeText ? values.Length - FromEnd : FromStart;
            return index >= 0 && index < values.Length ? values[index].Trim() : "";
        }
    }

    private sealed record Columns(
        Column OutTradeNo,
        Column TransactionId,
        Column State,
        Column RefundNo,
        Column RefundState,
        Column Amount,
        Column Refund)
    {
        public static Columns? Of(string header)
        {
            var names = header.Split(',');
            var freeText = Array.IndexOf(names, "商品名称");
            Column?[] found =
            [
                .. from name in (string[])
                    ["商户订单号", "微信订单号", "交易状态", "商户退款单号", "退款状态", "订单金额", "申请退款金额"]
                   select Find(name),
            ];
            return found.All(each => each is not null)
                ? new(
                    found[0]!.Value, found[1]!.Value, found[2]!.Value, found[3]!.Value, found[4]!.Value,
                    found[5]!.Value, found[6]!.Value)
                : null;

            Column? Find(string name)
            {
                var index = Array.IndexOf(names, name);
                return index < 0 ? null : new(index, names.Length - index, freeText >= 0 && index > freeText);
            }
        }
    }
}

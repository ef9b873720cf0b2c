using System.Globalization;
using Pond.Operators;
using Pond.Platform;

namespace Pond.FlashSales;

/// <summary>
/// Partition <c>f:{flashSaleId}:codes</c>: <c>issue</c> counts its codes, and <c>code:{key}</c> is each of them: all
/// that becomes of a code is in that one row.
/// </summary>
public static class FCodeRows
{
    private const string Head = "issue";

    public static string Partition(string flashSaleId) => $"f:{flashSaleId}:codes";

    public static string Row(string codeKey) => "code:" + codeKey;

    public static Layout<FCodeIssue, FCodesIssued> Issue(string flashSaleId) => new(
        Partition(flashSaleId),
        Head,
        Loads: [],
        Read: rows => new FCodeIssue(rows.Find<Issued>(Head)?.Count ?? 0, []),
        Write: issue =>
        [
            new StateRow(Head, new Issued(issue.Count)),
            .. issue.Added.Select(code => new StateRow(Row(code.Key), code)),
        ],
        Evolve: (issue, fact) => new FCodeIssue(issue.Count + fact.Codes.Count, fact.Codes),
        Announce: fact =>
        [
            OperatorMessages.Acted(new OperatorActedV1(
                fact.OperatorId, "flash-sale.f-codes", fact.FlashSaleId, fact.Name, Before: null,
                fact.Codes.Count.ToString(CultureInfo.InvariantCulture), fact.At)),
        ]);

    public static Layout<FCode?, FCodeEvent> Code(string flashSaleId, string codeKey) => new(
        Partition(flashSaleId),
        Row(codeKey),
        Loads: [],
        Read: rows => rows.Find<FCode>(Row(codeKey)),
        Write: code => code is null ? [] : [new StateRow(Row(codeKey), code)],
        Evolve: FCodeRules.Evolve);

    private sealed record Issued(int Count);
}

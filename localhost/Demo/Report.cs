using System.Globalization;
using Spectre.Console;

namespace Pond.LocalHost.Demo;

/// <summary>The tables at the end.</summary>
internal sealed class Report(IAnsiConsole console)
{
    private const string Unknown = "今日已签";

    public void Members(IEnumerable<MemberRow> members)
    {
        var table = NewTable("会员 · Members", "昵称").Numbers("积分", "连续签到", "券包");
        foreach (var member in members)
        {
            table.AddRow(
                member.Nickname.EscapeMarkup(),
                Text(member.SpendablePoints),
                member.StreakDays is { } days ? $"{days} 天" : Unknown,
                $"{member.CouponCount} 张");
        }

        Write(table);
    }

    public void Stock(IEnumerable<StockAnswer> templates)
    {
        var table = NewTable("优惠券 · Coupon templates", "名称").Numbers("库存", "已领", "剩余").AddColumn("状态");
        foreach (var one in templates)
        {
            table.AddRow(
                one.Template.Offer.Name.EscapeMarkup(),
                Text(one.Template.Stock),
                Text(one.ClaimedCount),
                Text(one.FreeCount),
                StateOf(one));
        }

        Write(table);
    }

    public void Steps(IReadOnlyList<StageTally> stages)
    {
        var table = NewTable("步骤 · Steps", "阶段").Numbers("请求数", "失败", "用时");
        foreach (var stage in stages)
        {
            var name = stage.Name.EscapeMarkup();
            table.AddRow(name, Text(stage.RequestCount), Text(stage.FailureCount), Text(stage.Took));
        }

        table.AddRow(
            "合计 · Total",
            Text(stages.Sum(stage => stage.RequestCount)),
            Text(stages.Sum(stage => stage.FailureCount)),
            Text(stages.Aggregate(TimeSpan.Zero, (sum, stage) => sum + stage.Took)));
        Write(table);
    }

    /// <summary>Where to look next.</summary>
    public void Hints(Uri app, Uri sandbox, bool succeeded)
    {
        console.WriteLine();
        console.MarkupLineInterpolated(succeeded
            ? (FormattableString)$"[green]✔ 演示完成[/] · The demo is over."
            : $"[red]✖ 演示中断[/] · The demo stopped at the request above; the process will end with exit code 1.");
        console.WriteLine($"  接口页 API page      {new Uri(app, "/swagger")}");
        console.WriteLine($"  微信沙箱 Sandbox     {sandbox}");
        console.WriteLine("  服务继续运行，按 Ctrl+C 停止 · Still serving, Ctrl+C stops.");
    }

    private void Write(Table table)
    {
        console.WriteLine();
        console.Write(table);
    }

    private static Table NewTable(string title, string firstColumn) =>
        new Table().Title(title.EscapeMarkup()).Border(TableBorder.Rounded).AddColumn(firstColumn);

    private static string StateOf(StockAnswer one) => one switch
    {
        { Template.State: "draft" } => "草稿",
        { FreeCount: 0 } => "已被领完",
        { Template.State: "published" } => "可领取",
        _ => one.Template.State.EscapeMarkup(),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => $"{time.TotalMilliseconds:0} ms";
}

/// <summary>Columns of a table.</summary>
internal static class TableColumns
{
    /// <summary>Adds columns that are aligned to the right.</summary>
    public static Table Numbers(this Table table, params IEnumerable<string> headers)
    {
        foreach (var header in headers) table.AddColumn(new TableColumn(header).RightAligned());
        return table;
    }
}

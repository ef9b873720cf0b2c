using FsCheck;
using FsCheck.Fluent;
using Pond.ExportJobs;

namespace Pond.Tests.ExportJobs;

/// <summary>A table is its source, part by part, whatever is told twice.</summary>
public sealed class ExportProperties
{
    private static readonly DateTimeOffset Now = HandClock.Start;

    private static Gen<(int Count, int[] Told)> Histories =>
        from count in Gen.Choose(1, 12)
        from told in Gen.Choose(0, count - 1).ArrayOf()
        select (count, told);

    [Fact, Rule("ADM-06")]
    public void Whatever_is_told_again_or_late_each_part_stands_once_and_none_is_missing() =>
        Prop.ForAll(Histories.ToArbitrary(), history => AssertWhole(history.Count, history.Told)).CheckThoroughly();

    private static void AssertWhole(int count, int[] order)
    {
        var desk = Ordered();
        foreach (var told in order.Concat(Enumerable.Range(0, count)))
            desk = ExportRules.Write(desk, told, Page(told, count), Now).Facts.Aggregate(desk, ExportRules.Evolve);

        Assert.Equal((ExportState.Done, count, count), (desk.Job!.State, desk.Job.PartCount, desk.Job.RowCount));
        Assert.Equal(Enumerable.Range(0, count), desk.Parts.Keys.Order());
        Assert.All(desk.Parts, part => Assert.Equal($"{part.Key}", part.Value.Rows.Single().Single()));
    }

    [Fact, Rule("ADM-06")]
    public void A_source_that_never_ends_is_cut_and_the_table_says_so()
    {
        var desk = Ordered();
        for (var number = 0; number < ExportJob.PartsMax; number++)
            desk = ExportRules.Write(desk, number, Page(number, int.MaxValue), Now).Facts.Aggregate(desk, ExportRules.Evolve);

        Assert.Equal((ExportState.Done, true), (desk.Job!.State, desk.Job.IsCut));
        Assert.Empty(ExportRules.Write(desk, ExportJob.PartsMax, Page(0, 1), Now).Facts);
    }

    [Fact, Rule("ADM-06")]
    public void Nothing_is_removed_before_its_time_and_then_all_of_it()
    {
        var desk = Ordered();
        for (var number = 0; number < 120; number++)
            desk = ExportRules.Write(desk, number, Page(number, 120), Now).Facts.Aggregate(desk, ExportRules.Evolve);
        Assert.Empty(ExportRules.Remove(desk, Now + ExportJob.KeptFor - TimeSpan.FromTicks(1)).Facts);

        var steps = 0;
        for (var over = Now + ExportJob.KeptFor; desk.Job!.State is not ExportState.Removed; steps++)
            desk = ExportRules.Remove(desk, over).Facts.Aggregate(desk, ExportRules.Evolve);
        Assert.Equal(3, steps);
        Assert.Empty(desk.Parts);
        Assert.Empty(ExportRules.Remove(desk, Now + (2 * ExportJob.KeptFor)).Facts);
    }

    private static ExportDesk Ordered() => ExportRules.Evolve(
        ExportDesk.Empty, ExportRules.Order(ExportDesk.Empty, "x", ExportKind.Tags, "o", Now).Facts.Single());

    private static ExportPage Page(int number, int count) => new([[$"{number}"]], number + 1 < count ? $"{number + 1}" : null);
}

using FsCheck;
using FsCheck.Fluent;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

public abstract partial class PartitionStoreContract
{
    /// <summary>A write whose ETag is still to be looked up: the one the key has, or had once, or never.</summary>
    public sealed record Step(string Kind, string Key, string Data, string ETag);

    private const string Fresh = "fresh";
    private const string Stale = "stale";

    /// <summary>How many histories are tried; a slow adapter may try fewer.</summary>
    protected virtual int HistoriesMax => 100;

    private static Gen<Step> Steps =>
        from kind in Gen.Elements("insert", "replace", "replace", "delete")
        from key in Gen.Elements("a", "A", "b", "b:1", "~")
        from data in Gen.Elements("", "x", "中文", "\u0001", "'")
        from etag in Gen.Frequency((5, Gen.Constant(Fresh)), (1, Gen.Constant(Stale)), (1, Gen.Constant("0")))
        select new Step(kind, key, data, etag);

    private static Gen<Step[][]> Histories =>
        from batches in Gen.Choose(1, 4).SelectMany(size => Steps.ArrayOf(size)).ArrayOf()
        select batches;

    [Fact]
    public void Any_history_of_commits_leaves_what_a_dictionary_would_hold() =>
        Prop.ForAll(Histories.ToArbitrary(), FollowsTheModel)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(HistoriesMax));

    private async Task<bool> FollowsTheModel(Step[][] history)
    {
        var partition = new Ids().Next();
        var model = new SortedDictionary<string, Row>(StringComparer.Ordinal);
        var versions = new Dictionary<string, List<string>>();
        foreach (var steps in history)
        {
            Write[] writes = [.. steps.Select(step => ToWrite(step, versions.GetValueOrDefault(step.Key, [])))];
            var outcome = await Store.Commit(partition, writes, CancellationToken.None);
            if (!Agrees(model, writes, outcome)) return false;
            if (outcome is CommitOutcome.Committed stored && !Apply(model, versions, writes, stored)) return false;
            var page = await Store.Range(partition, FirstKey, LastKey, 10, CancellationToken.None);
            if (!page.Rows.SequenceEqual(model.Values)) return false;
        }

        return true;
    }

    private static Write ToWrite(Step step, List<string> versions)
    {
        var etag = step.ETag switch
        {
            Fresh when versions.Count > 0 => versions[^1],
            Stale when versions.Count > 0 => versions[0],
            _ => "0",
        };
        return step.Kind switch
        {
            "insert" => new Write.Insert(step.Key, step.Data),
            "replace" => new Write.Replace(step.Key, step.Data, etag),
            _ => new Write.Delete(step.Key, etag),
        };
    }

    private static bool Agrees(SortedDictionary<string, Row> model, Write[] writes, CommitOutcome outcome)
    {
        if (writes.DistinctBy(write => write.Key).Count() < writes.Length) return outcome is CommitOutcome.Rejected;
        var broken = Array.FindIndex(writes, write => write switch
        {
            Write.Insert => model.ContainsKey(write.Key),
            Write.Replace replace => !model.TryGetValue(write.Key, out var row) || row.ETag != replace.ETag,
            Write.Delete delete => !model.TryGetValue(write.Key, out var row) || row.ETag != delete.ETag,
            _ => true,
        });
        return broken < 0 ? outcome is CommitOutcome.Committed : outcome == new CommitOutcome.Conflict(broken);
    }

    /// <summary>False when an ETag came back that its row has had before.</summary>
    private static bool Apply(
        SortedDictionary<string, Row> model, Dictionary<string, List<string>> versions,
        Write[] writes, CommitOutcome.Committed committed)
    {
        foreach (var (write, etag) in writes.Zip(committed.ETags))
        {
            if (write is Write.Delete)
            {
                model.Remove(write.Key);
                continue;
            }

            var data = write is Write.Insert insert ? insert.Data : ((Write.Replace)write).Data;
            model[write.Key] = new Row(write.Key, data, etag!);
            if (!versions.TryGetValue(write.Key, out var seen)) versions.Add(write.Key, seen = []);
            if (seen.Contains(etag!)) return false;
            seen.Add(etag!);
        }

        return true;
    }
}

using System.Security.Cryptography;
using System.Text;
using Pond.Platform.Storage;
using Pond.Platform.StoreCopy;
using Pond.Tests.Storage;

namespace Pond.Tests.StoreCopy;

/// <summary>A folder for copies, and what tests of them do over and over.</summary>
internal sealed class CopyBench : IDisposable
{
    public const string Header = """{"format":"pond-store","version":1}""";

    public static readonly CancellationToken None = CancellationToken.None;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pond-copy-");

    /// <summary>A path in the folder.</summary>
    public string File(string name = "copy.jsonl") => Path.Combine(folder.FullName, name);

    public void Dispose() => folder.Delete(recursive: true);

    public static Task<CopySum> Export(WholeStore store, string path) =>
        new StoreExport(store, Silence()).Run(path, None);

    public static Task<CopySum> Import(WholeStore whole, PartitionStore store, string path) =>
        new StoreImport(whole, store, new LowDice(), TimeProvider.System, Silence()).Run(path, None);

    public static Task<CopySum> Import(MemoryPartitionStore store, string path) =>
        Import(new MemoryWholeStore(store), store, path);

    /// <summary>The bytes of a copy of the store.</summary>
    public async Task<byte[]> Copy(WholeStore store)
    {
        var path = File($"{Guid.NewGuid()}.jsonl");
        await Export(store, path);
        return await System.IO.File.ReadAllBytesAsync(path);
    }

    public static async Task<MemoryPartitionStore> StoreOf(params IEnumerable<ScannedRow> rows)
    {
        var store = new MemoryPartitionStore();
        foreach (var (place, data) in rows)
        {
            var outcome = await store.Commit(place.Partition, [new Write.Insert(place.Key, data)], None);
            Assert.IsType<CommitOutcome.Committed>(outcome);
        }

        return store;
    }

    /// <summary>Some rows in three partitions, some of them odd.</summary>
    public static Task<MemoryPartitionStore> SmallStore() => StoreOf(
        Some("a", "k", """{"balance":120,"name":"小池"}"""), Some("a", "l", ""), Some("a", "m", "\"\\\u0001\n😀"),
        Some("b:1", "k", "2"), Some("c", "k", "3"), Some("c", "l", "4"));

    public static ScannedRow Some(string partition, string key, string data) => new(new(partition, key), data);

    /// <summary>A copy of these lines, whatever they say, with the footer that fits them.</summary>
    /// <param name="footer">Changes the footer.</param>
    public string Sealed(IReadOnlyList<string> lines, int partitions, Func<string, string>? footer = null)
    {
        var text = string.Concat(lines.Prepend(Header).Select(line => line + "\n"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var last = $$"""{"rows":{{lines.Count}},"partitions":{{partitions}},"sha256":"{{hash}}"}""";
        System.IO.File.WriteAllText(File(), text + (footer?.Invoke(last) ?? last) + "\n");
        return File();
    }

    private static CopyProgress Silence() => new(TextWriter.Null, TimeProvider.System);
}

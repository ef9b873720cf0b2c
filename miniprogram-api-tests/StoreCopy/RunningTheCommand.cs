using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using static Pond.Tests.StoreCopy.CopyBench;

namespace Pond.Tests.StoreCopy;

public sealed class RunningTheCommand : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pond-command-").FullName;

    private string Database => Path.Combine(folder, "data", "pond.db");

    private string Copy => Path.Combine(folder, "copy.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_store_moves_into_a_file_and_from_there_into_another_store()
    {
        await Seed("p", "k", "l");
        var export = await CopyProcess.Run(folder, ["export", Copy]);
        var target = Path.Combine(folder, "target");
        var import = await CopyProcess.Run(folder, ["import", "copy.jsonl", $"--Pond:DataPath={target}"]);
        var again = await CopyProcess.Run(folder, ["export", "again.jsonl", "--Pond:DataPath", target]);

        Assert.All([export, import, again], run => Assert.Equal((0, ""), (run.ExitCode, run.Error)));
        Assert.Contains("Exported 2 rows in 1 partitions, SHA-256 ", export.Output, StringComparison.Ordinal);
        Assert.Contains("Imported 2 rows in 1 partitions, SHA-256 ", import.Output, StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllBytesAsync(Copy), await File.ReadAllBytesAsync(Path.Combine(folder, "again.jsonl")));
    }

    [Fact]
    public async Task The_settings_of_the_app_are_not_asked_for()
    {
        await Seed("p", "k");

        var export = await CopyProcess.Run(
            folder, ["export", Copy], new Dictionary<string, string>
            {
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["WeChat__AppSecret"] = "",
            });

        Assert.Equal((0, ""), (export.ExitCode, export.Error));
        Assert.False(Directory.Exists(Path.Combine(folder, "data", "keys")));
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_in_one_line()
    {
        await Seed("p", "k");
        await File.WriteAllTextAsync(Copy, "no copy\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "pond.db"), new string('x', 10_000));

        (await Run("export", Copy)).AssertRefused("is there already");
        (await Run("export", folder)).AssertRefused("is there already");
        (await Run("export", Path.Combine(folder, "nowhere", "copy.jsonl"))).AssertRefused("nowhere");
        (await Run("import", Copy)).AssertRefused("is broken in line 1");
        (await Run("import", Path.Combine(folder, "missing.jsonl"))).AssertRefused("missing.jsonl");
        (await Run("import", folder)).AssertRefused(folder);
        (await Run("export", "new.jsonl", $"--Pond:DataPath={folder}")).AssertRefused("is not a database");
        (await Run("export")).AssertRefused("Usage: export FILE");
        (await Run("import", "one", "two")).AssertRefused("Usage: export FILE");
        (await Run("export", "--Pond:DataPath=elsewhere")).AssertRefused("Usage: export FILE"); // a setting is no file
        (await Run("export", "new.jsonl", "--Pond:DataPath=elsewhere")).AssertRefused("There is no store");
        Assert.False(File.Exists(Path.Combine(folder, "elsewhere", "pond.db")));
    }

    [Fact]
    public async Task A_store_in_use_is_not_imported_into()
    {
        await Seed("p", "k");
        Assert.Equal(0, (await Run("export", Copy)).ExitCode);
        await Seed("p", "m");

        (await Run("import", Copy)).AssertRefused("it holds the row m of the partition p");
    }

    private Task<CopyProcess> Run(params string[] args) => CopyProcess.Run(folder, args);

    private async Task Seed(string partition, params string[] keys)
    {
        await using var database = SqliteDatabase.Open(Database);
        var outcome = await new SqlitePartitionStore(database).Commit(
            partition, [.. keys.Select(key => new Write.Insert(key, "小池"))], None);
        Assert.IsType<CommitOutcome.Committed>(outcome);
    }
}

using Microsoft.Data.Sqlite;
using Pond.Platform.Sqlite;

namespace Pond.Tests.Storage;

/// <summary>Which files are taken for a store, and which are left to their owners.</summary>
public sealed class SqliteSchemaTests : IAsyncLifetime
{
    private readonly SqliteFile file = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => file.DisposeAsync().AsTask();

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_with_advice()
    {
        var database = file.Open();
        await database.Write(session => Change.Keep(session.Execute("PRAGMA user_version = 7")), CancellationToken.None);
        await database.DisposeAsync();

        var refusal = Assert.Throws<StoreFileException>(() => file.Open());

        Assert.Contains("schema version 7", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("version 1 at most", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Run the newer program", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE notes (text TEXT)")]
    [InlineData("PRAGMA application_id = 252006675")]
    [InlineData("PRAGMA user_version = 1")]
    public void A_database_of_another_application_is_refused_and_left_alone(string sql)
    {
        using (var foreign = new SqliteConnection($"Data Source={file.Path};Pooling=False"))
        {
            foreign.Open();
            using var command = foreign.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        AssertRefusedAndLeftAlone("belongs to another application");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        File.WriteAllText(file.Path, new string('x', 5_000));

        AssertRefusedAndLeftAlone("is not a database");
    }

    private void AssertRefusedAndLeftAlone(string reason)
    {
        var before = File.ReadAllBytes(file.Path);

        var refusal = Assert.Throws<StoreFileException>(() => file.Open());

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(file.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(file.Path));
    }
}

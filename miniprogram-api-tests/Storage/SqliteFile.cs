using Pond.Platform.Sqlite;

namespace Pond.Tests.Storage;

/// <summary>A place on the disk for one test's database; gone with the test.</summary>
public sealed class SqliteFile : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pond-");
    private readonly List<SqliteDatabase> opened = [];

    public string Path => System.IO.Path.Combine(folder.FullName, "pond.db");

    /// <summary>Opens the file, once more if it is open already.</summary>
    public SqliteDatabase Open()
    {
        opened.Add(SqliteDatabase.Open(Path));
        return opened[^1];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in opened) await database.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Pond.Platform.Sqlite;

/// <summary>The tables of the file, and the two numbers in its header that say whose it is.</summary>
internal static class SqliteSchema
{
    /// <summary>The version of the tables below. Raise it with every change of them.</summary>
    public const int Version = 1;

    /// <summary>"Pond" in ASCII, at byte 68 of the file; see SQLite's database file format.</summary>
    private const int ApplicationId = 0x506F6E64;

    private const int ErrorNotADatabase = 26; // SQLITE_NOTADB

    // The sequence gives ETags. It lives in the file, so that none returns after a delete or a restart.
    // Message ids are never reused either: AUTOINCREMENT. Times are ticks of UTC.
    private const string Tables = """
        CREATE TABLE stored_row (
            partition TEXT NOT NULL,
            key TEXT NOT NULL,
            etag INTEGER NOT NULL,
            data TEXT NOT NULL,
            PRIMARY KEY (partition, key)
        ) WITHOUT ROWID;

        CREATE TABLE sequence (last INTEGER NOT NULL);
        INSERT INTO sequence (last) VALUES (0);

        CREATE TABLE message (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            queue TEXT NOT NULL,
            body TEXT NOT NULL,
            visible_at_ticks INTEGER NOT NULL,
            inserted_at_ticks INTEGER NOT NULL,
            dequeues INTEGER NOT NULL DEFAULT 0,
            receipt INTEGER NOT NULL DEFAULT 0
        );
        CREATE INDEX message_by_visibility ON message (queue, visible_at_ticks, id);
        """;

    // One statement, so that all three are of one moment: between two, another process might make the tables.
    private const string Marks = """
        SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version),
            (SELECT COUNT(*) FROM sqlite_schema)
        """;

    /// <summary>Makes the tables in a new file, takes an own file as it is, and refuses every other.</summary>
    /// <exception cref="StoreFileException">The file is foreign, newer, or cannot keep what it is given.</exception>
    public static void Prepare(SqliteSession session, string path)
    {
        Inspect(session, path); // before anything is changed: the file may be somebody else's
        Demand(session, path, "journal_mode", "wal");
        Demand(session, path, "synchronous", "2"); // FULL: a commit is on the disk before it is answered

        session.Execute("BEGIN IMMEDIATE");
        if (Inspect(session, path) == 0) Create(session); // another process may have been faster
        session.Execute("COMMIT");
    }

    /// <summary>The schema version of the file, 0 when it is empty.</summary>
    private static long Inspect(SqliteSession session, string path)
    {
        var (owner, version, tables) = Header(session, path);
        if (owner == 0 && version == 0 && tables == 0) return 0;
        if (owner != ApplicationId)
        {
            throw new StoreFileException(
                $"The file {path} belongs to another application. Choose another path for the store.");
        }

        if (version > Version)
        {
            throw new StoreFileException(
                $"The store {path} has schema version {version}; this program knows version {Version} at most. " +
                "Run the newer program, or restore the backup that was made before it.");
        }

        return version;
    }

    private static (long Owner, long Version, long Tables) Header(SqliteSession session, string path)
    {
        try
        {
            using var found = session.Query(Marks);
            found.Read();
            return (found.GetInt64(0), found.GetInt64(1), found.GetInt64(2));
        }
        catch (SqliteException cause) when (cause.SqliteErrorCode == ErrorNotADatabase)
        {
            throw new StoreFileException(
                $"The file {path} is not a database. Choose another path for the store.", cause);
        }
    }

    private static void Demand(SqliteSession session, string path, string pragma, string wanted)
    {
        session.Execute($"PRAGMA {pragma} = {wanted}");
        var actual = Convert.ToString(session.Scalar($"PRAGMA {pragma}"), CultureInfo.InvariantCulture);
        if (actual != wanted)
        {
            throw new StoreFileException(
                $"The store {path} has {pragma} {actual}, not {wanted}: it could lose what was committed.");
        }
    }

    private static void Create(SqliteSession session)
    {
        session.Execute(Tables);
        session.Execute($"PRAGMA application_id = {ApplicationId}");
        session.Execute($"PRAGMA user_version = {Version}");
    }
}

/// <summary>The file cannot serve as the store. The message says why and what to do.</summary>
public sealed class StoreFileException(string message, Exception? cause = null) : Exception(message, cause);

//! What differs between database engines: opening, pragmas, migrations. Today there is SQLite.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Sqlite, SqlitePool, Transaction};

use super::{Store, StoreError};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("src/store/migrations");

/// Readers at the same time; SQLite in WAL mode lets them go on while the writer writes.
const READERS: u32 = 4;

/// Rows of an answer that wait to be read.
const ROWS_AHEAD: usize = 1_000;

/// Connections to a file, which do not age. So nobody goes through them from time to time to end the old ones: the
/// driver's count of idle connections may be below zero for a moment, and who counts down from there never ends.
fn connections(most: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(most)
        .idle_timeout(None)
        .max_lifetime(None)
}

/// Whether the file is there on a disk that nothing can be written to.
fn is_unwritable(path: &Path) -> bool {
    let opened = std::fs::OpenOptions::new().append(true).open(path);
    opened.is_err_and(|error| error.kind() == std::io::ErrorKind::ReadOnlyFilesystem)
}

impl Store {
    /// Opens the database file, makes it if it is not there, and brings its schema up to date. On a disk that nothing can be
    /// written to it is opened for reading.
    pub async fn open(path: &Path) -> Result<Store, StoreError> {
        if is_unwritable(path) {
            return Self::open_unwritable(path).await;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A row that was committed must survive the power going out, as the archive's bytes do.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // Rows that go ahead of whoever reads them; with few, two threads wait for each other in turns.
            .row_buffer_size(ROWS_AHEAD)
            .busy_timeout(Duration::from_secs(10));
        let opened = |source| StoreError::Open {
            path: path.display().to_string(),
            source,
        };
        let writer = connections(1)
            .after_release(|connection, _| {
                Box::pin(async move {
                    // After the rollback that a transaction which was given up has asked for.
                    connection.ping().await?;
                    // SQLite ends a transaction by itself where the disk is full or fails, and the rollback after that
                    // fails for want of one. The driver then counts an open transaction, makes savepoints of all that
                    // follow, and what is rolled back to a savepoint leaves everything after it uncommitted for good.
                    Ok(!connection.is_in_transaction())
                })
            })
            .connect_with(options.clone())
            .await
            .map_err(opened)?;
        MIGRATIONS.run(&writer).await?;
        let readers: SqlitePool = connections(READERS)
            .connect_with(options.read_only(true))
            .await
            .map_err(opened)?;
        Ok(Store { readers, writer })
    }

    /// Opens a database file on a disk that nothing can be written to. SQLite then cannot keep the files beside it by which
    /// processes go through a journal together, so there must be none: who closes the file last writes it all back.
    async fn open_unwritable(path: &Path) -> Result<Store, StoreError> {
        let journal = path.with_extension(format!(
            "{}-wal",
            path.extension().unwrap_or_default().to_string_lossy()
        ));
        if std::fs::metadata(&journal).is_ok_and(|journal| journal.len() > 0) {
            return Err(StoreError::Unwritable {
                path: path.display().to_string(),
                problem: "was not closed before its disk was made read-only",
            });
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .immutable(true);
        let readers = connections(READERS).connect_with(options).await;
        let readers = readers.map_err(|source| StoreError::Open {
            path: path.display().to_string(),
            source,
        })?;
        let held: i64 = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations")
            .fetch_one(&readers)
            .await?;
        let own = MIGRATIONS.iter().map(|migration| migration.version).max();
        if Some(held) != own {
            return Err(StoreError::Unwritable {
                path: path.display().to_string(),
                problem: "is of another version, and its schema cannot be brought up to date",
            });
        }
        Ok(Store {
            writer: readers.clone(),
            readers,
        })
    }

    /// Begins a transaction that writes. It takes the lock at once and waits for it: one that began by reading would be
    /// refused without waiting where another process writes.
    pub(super) async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Waits for what is under way and closes the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

//! What differs between database engines: opening, pragmas, migrations. Today there is SQLite.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Sqlite, SqlitePool, Transaction};

use super::{Store, StoreError};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("src/store/migrations");

/// Readers at the same time; SQLite in WAL mode lets them go on while the writer writes.
const READERS: u32 = 4;

/// Connections to a file, which do not age. So nobody goes through them from time to time to end the old ones: the
/// driver's count of idle connections may be below zero for a moment, and who counts down from there never ends.
fn connections(most: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(most)
        .idle_timeout(None)
        .max_lifetime(None)
}

impl Store {
    /// Opens the database file, makes it if it is not there, and brings its schema up to date.
    pub async fn open(path: &Path) -> Result<Store, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A row that was committed must survive the power going out, as the archive's bytes do.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
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

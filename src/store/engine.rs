//! What differs between database engines: opening, pragmas, migrations. Today there is SQLite.

use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Sqlite, SqlitePool, Transaction};

use super::{Store, StoreError};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("src/store/migrations");

/// Readers at the same time; SQLite in WAL mode lets them go on while the writer writes.
const READERS: u32 = 4;

/// The place of the next value in a statement of many. One with a number is looked for by its name among all of them
/// whenever it is filled, which for hundreds costs more than what the statement does.
pub(super) const PLACE: &str = "?";

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

/// Who may write to a database file that we may not.
enum Unwritable {
    /// Nobody: it lies on a disk that is read-only, or without leave to write for its owner either.
    ByAnybody,
    /// Its owner, who may be at it now.
    ByUs,
}

impl Unwritable {
    /// Nothing where we may write, or where there is no file yet.
    fn of(path: &Path) -> Option<Self> {
        let opened = std::fs::OpenOptions::new().append(true).open(path);
        match opened.err()?.kind() {
            ErrorKind::ReadOnlyFilesystem => Some(Self::ByAnybody),
            ErrorKind::PermissionDenied => {
                let is_anybodys = std::fs::metadata(path).is_ok_and(|file| file.permissions().readonly());
                Some(if is_anybodys { Self::ByAnybody } else { Self::ByUs })
            }
            _ => None,
        }
    }
}

/// Whether an engine's complaint is that the disk is full: also of the files that it keeps beside the database, of which
/// it says only that they cannot be made (`SQLITE_FULL`, `SQLITE_IOERR_SHMOPEN`, `SQLITE_IOERR_SHMSIZE`).
pub(super) fn is_disk_full(error: &sqlx::Error) -> bool {
    matches!(code(error).as_deref(), Some("13" | "4618" | "4874"))
}

/// Whether it is that the file may only be read (`SQLITE_READONLY` and its kinds).
pub(super) fn is_read_only(error: &sqlx::Error) -> bool {
    let number: Option<u32> = code(error).and_then(|code| code.parse().ok());
    number.is_some_and(|number| number & 0xff == 8)
}

/// Whether it is that the file is no sound database (`SQLITE_CORRUPT` and its kinds, `SQLITE_NOTADB`).
pub(super) fn is_damaged(error: &sqlx::Error) -> bool {
    let number: Option<u32> = code(error).and_then(|code| code.parse().ok());
    number.is_some_and(|number| matches!(number & 0xff, 11 | 26))
}

fn code(error: &sqlx::Error) -> Option<std::borrow::Cow<'_, str>> {
    error.as_database_error()?.code()
}

/// Makes sure that a database is of this program's version: it cannot be brought up to it.
async fn only_of_this_version(rows: &SqlitePool, path: &Path) -> Result<(), StoreError> {
    let held: i64 = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations")
        .fetch_one(rows)
        .await?;
    let own = MIGRATIONS.iter().map(|migration| migration.version).max();
    if Some(held) != own {
        return Err(StoreError::Unwritable {
            path: path.display().to_string(),
            problem: "is of another version, and its schema cannot be brought up to date",
        });
    }
    Ok(())
}

impl Store {
    /// Opens the database file, makes it if it is not there, and brings its schema up to date. On a disk that nothing can be
    /// written to it is opened for reading.
    pub async fn open(path: &Path) -> Result<Store, StoreError> {
        match Unwritable::of(path) {
            Some(Unwritable::ByAnybody) => return Self::open_unwritable(path).await,
            Some(Unwritable::ByUs) => return Self::open_of_another(path).await,
            None => {}
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
        let opened = |source| {
            let path = path.display().to_string();
            match () {
                () if is_disk_full(&source) => StoreError::DiskFull { path, source },
                () if is_damaged(&source) => StoreError::Damaged(source),
                () => StoreError::Open { path, source },
            }
        };
        let writer = connections(1)
            .after_release(|connection, _| {
                Box::pin(async move {
                    // After the rollback that a transaction which was given up has asked for; and only a batch keeps in
                    // memory what would have to be taken back.
                    sqlx::query("PRAGMA temp_store = DEFAULT")
                        .execute(&mut *connection)
                        .await?;
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

    /// Opens a database file that its owner may write to and we may not: with the engine's locks, as long as the owner has it
    /// open, since the files beside it must be there.
    async fn open_of_another(path: &Path) -> Result<Store, StoreError> {
        let options = SqliteConnectOptions::new().filename(path).read_only(true);
        let closed = || StoreError::Unwritable {
            path: path.display().to_string(),
            problem: "is another user's, and can be read here while that one has it open",
        };
        let readers = connections(READERS).connect_with(options).await;
        let readers = readers.map_err(|_| closed())?;
        // The engine looks for the files beside it when the first row is asked for.
        match only_of_this_version(&readers, path).await {
            Err(StoreError::ReadOnly(_) | StoreError::Failed(_)) => return Err(closed()),
            read => read?,
        }
        Ok(Store {
            writer: readers.clone(),
            readers,
        })
    }

    /// Opens a database file that nobody can write to. SQLite then cannot keep the files beside it by which
    /// processes go through a journal together, so there must be none: who closes the file last writes it all back.
    async fn open_unwritable(path: &Path) -> Result<Store, StoreError> {
        let journal = path.with_extension(format!(
            "{}-wal",
            path.extension().unwrap_or_default().to_string_lossy()
        ));
        if std::fs::metadata(&journal).is_ok_and(|journal| journal.len() > 0) {
            return Err(StoreError::Unwritable {
                path: path.display().to_string(),
                problem: "may only be read, and was not closed before",
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
        only_of_this_version(&readers, path).await?;
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

    /// The same for what was made of a few pages. Of every database page that a statement of many rows changes SQLite keeps how it
    /// was until it ends, in case it has to take it back: for these it need not be in a file, which costs as much to write as
    /// the rows do. There are no temporary tables, which would be emptied by this.
    pub(super) async fn begin_batch(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        let begin = "PRAGMA temp_store = MEMORY; BEGIN IMMEDIATE";
        Ok(self.writer.begin_with(begin).await?)
    }

    /// Waits for what is under way and closes the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

//! SQLite with FTS5: the same rows in two tables with everything a hit shows, a full-text index over each, and indexes
//! over what else is asked for.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use super::Engine;
use super::corpus::{Corpus, Document};
use super::ours::Ids;
use super::questions::{Answer, BEST, Kind, NEWEST, Question, VALUES};

const TABLES: &str = "
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -200000;
    CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT, revision TEXT, capture TEXT, source TEXT,
        source_name TEXT, source_kind TEXT, url TEXT, title TEXT, genre TEXT, language TEXT, text TEXT,
        published TEXT, first_seen INTEGER, since INTEGER, until INTEGER);
    CREATE TABLE quotes (number INTEGER PRIMARY KEY, id TEXT, document TEXT, revision TEXT, capture TEXT, source TEXT,
        source_name TEXT, source_kind TEXT, url TEXT, title TEXT, genre TEXT, language TEXT, words TEXT, around TEXT,
        speaker TEXT, speaker_name TEXT, cue TEXT, stance TEXT, kind TEXT, confidence REAL, said TEXT, said_rule TEXT,
        published TEXT, first_seen INTEGER, since INTEGER, until INTEGER, quote INTEGER);
    CREATE TABLE mentions (day TEXT, document INTEGER);
    CREATE VIRTUAL TABLE documents_text USING fts5(title, text, content='documents', content_rowid='number',
        tokenize='porter unicode61');
    CREATE VIRTUAL TABLE quotes_text USING fts5(words, content='quotes', content_rowid='number',
        tokenize='porter unicode61');";

const INDEXES: &str = "
    CREATE INDEX documents_published ON documents (published);
    CREATE INDEX quotes_speaker ON quotes (speaker, said);
    CREATE INDEX mentions_day ON mentions (day, document);
    INSERT INTO documents_text (documents_text) VALUES ('optimize');
    INSERT INTO quotes_text (quotes_text) VALUES ('optimize');
    ANALYZE;";

const ADD_DOCUMENT: &str = "INSERT INTO documents VALUES
    (?1,?2,?3,?4,?5,?6,'news',?7,?8,'report','en',?9,?10,?11,?12,?13)";
const ADD_QUOTE: &str = "INSERT INTO quotes VALUES
    (?1,?2,?3,?4,?5,?6,?7,'news',?8,?9,'report','en',?10,?11,?12,?13,'said','said','direct',0.9,?14,'weekday',?15,?16,?17,
    ?18,?19)";

/// Documents and quotes that match, joined with their rows.
const DOCUMENTS: &str =
    "documents_text JOIN documents e ON e.number = documents_text.rowid WHERE documents_text MATCH ?1";
const QUOTES: &str = "quotes_text JOIN quotes e ON e.number = quotes_text.rowid WHERE quotes_text MATCH ?1";

/// Documents of a transaction.
const COMMITTED: u64 = 2_000;

pub(crate) struct Sqlite {
    path: PathBuf,
    connection: Connection,
    added: u64,
    documents: i64,
    quotes: i64,
}

impl Sqlite {
    pub(crate) fn new(folder: &Path) -> Self {
        let path = folder.join("fts5.db");
        let connection = Connection::open(&path).expect("a database");
        connection.execute_batch(TABLES).expect("tables");
        connection.execute_batch("BEGIN").expect("begun");
        Self {
            path,
            connection,
            added: 0,
            documents: 0,
            quotes: 0,
        }
    }

    fn add_wording(&mut self, corpus: &Corpus, document: &Document) -> rusqlite::Result<()> {
        let ids = Ids::of(document);
        let (source, source_name) = document.source();
        let (id, revision, capture) = (ids.document.as_str(), ids.revision.as_str(), ids.capture.as_str());
        let (url, published) = (document.url(), document.published.to_string());
        let first_seen = document.first_seen.as_second();
        let (since, until) = (
            document.since.as_second(),
            document.until.map(|until| until.as_second()),
        );
        let (title, text) = (&document.title, &document.text);
        self.documents += 1;
        let number = self.documents;
        self.connection.prepare_cached(ADD_DOCUMENT)?.execute(params![
            number,
            id,
            revision,
            capture,
            source,
            source_name,
            url,
            title,
            text,
            published,
            first_seen,
            since,
            until
        ])?;
        self.connection
            .prepare_cached("INSERT INTO documents_text (rowid, title, text) VALUES (?1, ?2, ?3)")?
            .execute(params![number, title, text])?;
        for day in document.mentions {
            self.connection
                .prepare_cached("INSERT INTO mentions VALUES (?1, ?2)")?
                .execute(params![day.to_string(), number])?;
        }
        for quote in &document.quotes {
            self.quotes += 1;
            self.connection.prepare_cached(ADD_QUOTE)?.execute(params![
                self.quotes,
                ids.quote(quote),
                id,
                revision,
                capture,
                source,
                source_name,
                url,
                title,
                quote.words,
                quote.around,
                format!("speaker-{}", quote.speaker),
                corpus.speaker(quote.speaker),
                quote.said.to_string(),
                published,
                first_seen,
                since,
                until,
                quote.number as i64
            ])?;
            self.connection
                .prepare_cached("INSERT INTO quotes_text (rowid, words) VALUES (?1, ?2)")?
                .execute(params![self.quotes, quote.words])?;
        }
        Ok(())
    }

    /// The first page of hits and, if wanted, their number, of what meets `condition` besides the words.
    fn hits(
        &self,
        is_counted: bool,
        from: &str,
        day: &str,
        condition: &str,
        order: &str,
        values: [&str; 4],
    ) -> rusqlite::Result<Answer> {
        // Every statement knows all four values, so that one list of them does for all.
        let known = "AND (?2 IS NOT NULL AND ?3 IS NOT NULL AND ?4 IS NOT NULL)";
        let count = format!("SELECT count(*) FROM {from} AND {condition} {known}");
        let list = format!(
            "SELECT id, {day}, url, e.title, e.{} FROM {from} AND {condition} {known} ORDER BY {order}",
            if day == "said" { "around" } else { "text" }
        );
        let counted = || {
            let mut count = self.connection.prepare_cached(&count)?;
            count.query_row(values, |row| row.get::<_, i64>(0))
        };
        let total = is_counted.then(counted).transpose()?;
        let mut list = self.connection.prepare_cached(&list)?;
        let hits = list.query_map(values, |row| Ok((day_of(row, 1)?, row.get(0)?, shown(row)?)))?;
        let hits = hits.map(|hit| hit.map(|(day, id, _)| (day, id)));
        Ok(Answer::Hits(
            total.map(i64::unsigned_abs),
            hits.collect::<Result<_, _>>()?,
        ))
    }

    fn counts(&self, statement: &str, words: &str) -> rusqlite::Result<Answer> {
        let mut statement = self.connection.prepare_cached(statement)?;
        let counts = statement.query_map([words], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
        })?;
        Ok(Answer::Counts(counts.collect::<Result<_, _>>()?))
    }

    fn closest(&self, words: &str) -> rusqlite::Result<Answer> {
        let statement =
            format!("SELECT quote FROM {QUOTES} AND until IS NULL ORDER BY quotes_text.rank LIMIT 1");
        let mut statement = self.connection.prepare_cached(&statement)?;
        let mut rows = statement.query([words])?;
        let quote: Option<i64> = rows.next()?.map(|row| row.get(0)).transpose()?;
        Ok(Answer::Closest(quote.map(i64::unsigned_abs)))
    }

    fn answer(&self, question: &Question) -> rusqlite::Result<Answer> {
        let (first, last) = question.days;
        let (first, last) = (first.to_string(), last.to_string());
        let speaker = format!("speaker-{}", question.speaker);
        let quoted = |between: &str| -> String {
            let words: Vec<String> = question.words.iter().map(|word| format!("\"{word}\"")).collect();
            words.join(between)
        };
        let both = quoted(" AND ");
        let phrase = format!("\"{}\"", question.words.join(" "));
        let best = format!("documents_text.rank LIMIT {BEST}");
        let newest = format!("published DESC LIMIT {NEWEST}");
        let values = |words| [words, first.as_str(), last.as_str(), speaker.as_str()];
        let is_counted = question.kind.is_counted();
        match question.kind {
            Kind::Word | Kind::And => {
                self.hits(is_counted, DOCUMENTS, "published", "until IS NULL", &best, values(&both))
            }
            Kind::Phrase => self.hits(is_counted, DOCUMENTS, "published", "until IS NULL", &best, values(&phrase)),
            Kind::PhraseNewest => self.hits(is_counted, DOCUMENTS,
                "published",
                "until IS NULL AND published BETWEEN ?2 AND ?3",
                &newest,
                values(&phrase),
            ),
            Kind::AsOf => {
                let end = super::end_of(question.days.0).to_string();
                let held = "since <= CAST(?2 AS INTEGER) AND (until IS NULL OR until > CAST(?2 AS INTEGER))";
                self.hits(is_counted, DOCUMENTS, "published", held, &best, [both.as_str(), &end, "", ""])
            }
            Kind::Mentioned => self.hits(is_counted, DOCUMENTS,
                "published",
                "until IS NULL AND e.number IN (SELECT document FROM mentions WHERE day BETWEEN ?2 AND ?3)",
                &newest,
                values(&both),
            ),
            Kind::OfSpeaker => self.hits(is_counted, QUOTES,
                "said",
                "until IS NULL AND speaker = ?4 AND said BETWEEN ?2 AND ?3",
                &format!("said DESC LIMIT {NEWEST}"),
                values(&both),
            ),
            Kind::Speakers => self.counts(
                &format!(
                    "SELECT speaker_name, count(*) FROM {QUOTES} AND until IS NULL
                     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {VALUES}"
                ),
                &both,
            ),
            Kind::Months => self.counts(
                &format!("SELECT substr(published, 1, 7), count(*) FROM {DOCUMENTS} AND until IS NULL GROUP BY 1 ORDER BY 1"),
                &both,
            ),
            Kind::Altered => self.closest(&quoted(" OR ")),
        }
    }
}

fn day_of(row: &Row<'_>, column: usize) -> rusqlite::Result<Date> {
    let day: String = row.get(column)?;
    Ok(day.parse().expect("a day as it was written"))
}

/// What of a hit is shown: its address, title and text.
fn shown(row: &Row<'_>) -> rusqlite::Result<[String; 3]> {
    Ok([row.get(2)?, row.get(3)?, row.get(4)?])
}

impl Engine for Sqlite {
    fn name(&self) -> &'static str {
        "SQLite FTS5"
    }

    fn add(&mut self, corpus: &Corpus, wordings: &[Document]) {
        for wording in wordings {
            self.add_wording(corpus, wording).expect("added");
        }
        self.added += 1;
        if self.added.is_multiple_of(COMMITTED) {
            self.connection.execute_batch("COMMIT; BEGIN").expect("committed");
        }
    }

    fn finish(&mut self) {
        self.connection.execute_batch("COMMIT").expect("committed");
        self.connection.execute_batch(INDEXES).expect("indexes");
    }

    fn bytes(&mut self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |file| file.len())
    }

    fn cpu_ns(&mut self) -> u64 {
        super::clock::own_ns()
    }

    fn ask(&mut self, question: &Question) -> Answer {
        self.answer(question).expect("an answer")
    }
}

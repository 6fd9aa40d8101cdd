//! PostgreSQL with its full-text search: a cluster of our own in a temporary folder, started and stopped by the benchmark.

use std::collections::HashMap;
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::civil::Date;
use postgres::types::ToSql;
use postgres::{Client, NoTls, Row, Statement};

use super::Engine;
use super::corpus::{Corpus, Document};
use super::ours::Ids;
use super::questions::{Answer, BEST, Kind, NEWEST, Question, VALUES};

/// A word of its own between title and text, because a phrase may not begin in one and end in the other.
const TABLES: &str = "
    CREATE TABLE documents (number int8, id text, revision text, capture text, source text, source_name text,
        source_kind text, url text, title text, genre text, language text, body text, published text, first_seen int8,
        since int8, until int8,
        words tsvector GENERATED ALWAYS AS (to_tsvector('english', title || ' zzz ' || body)) STORED);
    CREATE TABLE quotes (id text, document text, revision text, capture text, source text, source_name text,
        source_kind text, url text, title text, genre text, language text, body text, around text, speaker text,
        speaker_name text, cue text, stance text, kind text, confidence float4, said text, said_rule text,
        published text, first_seen int8, since int8, until int8, quote int8,
        words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED);
    CREATE TABLE mentions (day text, document int8);";

const INDEXES: &str = "
    CREATE INDEX ON documents USING gin (words);
    CREATE INDEX ON quotes USING gin (words);
    CREATE INDEX ON documents (published);
    CREATE INDEX ON quotes (speaker, said);
    CREATE INDEX ON mentions (day, document);";

/// What keeps processor time in the one backend that is looked at, and the cluster from waiting for the disk.
const SETTINGS: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off \
    -c max_parallel_workers_per_gather=0 -c max_parallel_maintenance_workers=0 -c shared_buffers=512MB \
    -c maintenance_work_mem=256MB -c work_mem=64MB -c max_wal_size=4GB -c jit=off -c listen_addresses=''";

const DOCUMENTS: &str = "documents WHERE words @@ to_tsquery('english', $1)";
const QUOTES: &str = "quotes WHERE words @@ to_tsquery('english', $1)";

/// Documents that are copied at once.
const COPIED: usize = 2_000;

pub(crate) struct Postgres {
    client: Client,
    /// Stopped after the client is gone.
    _cluster: Cluster,
    backend: i32,
    /// Statements by their text, so that they are read once.
    statements: HashMap<String, Statement>,
    documents: i64,
    /// Rows in the format of `COPY` that are not copied yet, by table.
    rows: [Vec<u8>; 3],
    waiting: usize,
}

/// A cluster that lives as long as this.
struct Cluster {
    folder: PathBuf,
    /// Whose processes it is made of: PostgreSQL refuses to run as root.
    user: Option<(u32, u32)>,
}

impl Cluster {
    fn start(folder: &Path) -> Result<Self, String> {
        let is_root = std::fs::metadata("/proc/self").is_ok_and(|of| of.uid() == 0);
        let user = is_root
            .then(|| user("postgres").or_else(|| user("nobody")))
            .flatten();
        let cluster = Self {
            folder: folder.join("postgres"),
            user,
        };
        std::fs::create_dir_all(&cluster.folder).map_err(|error| error.to_string())?;
        if let Some((user, group)) = cluster.user {
            for path in [folder, &cluster.folder] {
                chown(path, Some(user), Some(group)).map_err(|error| error.to_string())?;
            }
        }
        // Under the plain locale every character beyond ASCII is a letter, and so a bent mark a part of its word.
        cluster.run(
            "initdb",
            &[
                "-A",
                "trust",
                "-U",
                "bench",
                "-E",
                "UTF8",
                "--lc-collate=C",
                "--lc-ctype=C.UTF-8",
                "-N",
            ],
        )?;
        let options = format!("{SETTINGS} -k {}", cluster.folder.display());
        cluster.run("pg_ctl", &["-w", "-l", "/dev/null", "-o", &options, "start"])?;
        Ok(cluster)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        let mut command = Command::new(program);
        command
            .arg("-D")
            .arg(self.data())
            .args(arguments)
            .current_dir(&self.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        match command.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("`{program}` ended with {status}")),
            Err(error) => Err(format!("`{program}` cannot be run: {error}")),
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // One that was never started is none to stop.
        let _ = self.run("pg_ctl", &["-m", "immediate", "-w", "stop"]);
    }
}

/// The numbers of a user and of their group.
fn user(name: &str) -> Option<(u32, u32)> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut numbers = line.split(':').skip(2);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

impl Postgres {
    /// Starts a cluster, or says why there is none.
    pub(crate) fn new(folder: &Path) -> Result<Self, String> {
        let cluster = Cluster::start(folder)?;
        let place = format!("host={} user=bench dbname=postgres", cluster.folder.display());
        let mut client = Client::connect(&place, NoTls).map_err(|error| error.to_string())?;
        client.batch_execute(TABLES).map_err(|error| error.to_string())?;
        let backend = client
            .query_one("SELECT pg_backend_pid()", &[])
            .expect("a backend")
            .get(0);
        Ok(Self {
            client,
            _cluster: cluster,
            backend,
            statements: HashMap::new(),
            documents: 0,
            rows: Default::default(),
            waiting: 0,
        })
    }

    fn copy(&mut self) {
        for (table, rows) in ["documents", "quotes", "mentions"].iter().zip(&mut self.rows) {
            let columns = match *table {
                "documents" => {
                    "(number, id, revision, capture, source, source_name, source_kind, url, title, genre, language, \
                     body, published, first_seen, since, until)"
                }
                "quotes" => {
                    "(id, document, revision, capture, source, source_name, source_kind, url, title, genre, language, \
                     body, around, speaker, speaker_name, cue, stance, kind, confidence, said, said_rule, published, \
                     first_seen, since, until, quote)"
                }
                _ => "",
            };
            let mut writer = self
                .client
                .copy_in(&format!("COPY {table} {columns} FROM STDIN"))
                .expect("copying");
            writer.write_all(rows).expect("copied");
            writer.finish().expect("copied");
            rows.clear();
        }
        self.waiting = 0;
    }

    fn ask_for(&mut self, text: &str, values: &[&(dyn ToSql + Sync)]) -> Vec<Row> {
        if !self.statements.contains_key(text) {
            let statement = self.client.prepare(text).expect("a statement");
            self.statements.insert(text.to_owned(), statement);
        }
        self.client
            .query(&self.statements[text], values)
            .expect("an answer")
    }

    fn hits(
        &mut self,
        is_counted: bool,
        from: &str,
        day: &str,
        condition: &str,
        order: &str,
        values: &[&(dyn ToSql + Sync)],
    ) -> Answer {
        let count = format!("SELECT count(*) FROM {from} AND {condition}");
        let around = if day == "said" { "around" } else { "body" };
        let list =
            format!("SELECT id, {day}, url, title, {around} FROM {from} AND {condition} ORDER BY {order}");
        let total = is_counted.then(|| self.ask_for(&count, values)[0].get::<_, i64>(0));
        let hits = self.ask_for(&list, values);
        Answer::Hits(
            total.map(i64::unsigned_abs),
            hits.iter().map(|row| (day_of(row), row.get(0))).collect(),
        )
    }

    fn counts(&mut self, statement: &str, words: &String) -> Answer {
        let counts = self.ask_for(statement, &[words]);
        let counts = counts
            .iter()
            .map(|row| (row.get(0), row.get::<_, i64>(1).unsigned_abs()));
        Answer::Counts(counts.collect())
    }
}

fn day_of(row: &Row) -> Date {
    row.get::<_, &str>(1).parse().expect("a day as it was written")
}

/// A row in the format of `COPY`; a value without one is `\N`.
fn row(rows: &mut Vec<u8>, values: &[&str]) {
    for (column, value) in values.iter().enumerate() {
        if column > 0 {
            rows.push(b'\t');
        }
        rows.extend_from_slice(value.replace('\n', "\\n").as_bytes());
    }
    rows.push(b'\n');
}

impl Engine for Postgres {
    fn name(&self) -> &'static str {
        "PostgreSQL"
    }

    fn add(&mut self, corpus: &Corpus, wordings: &[Document]) {
        for document in wordings {
            let ids = Ids::of(document);
            let (source, source_name) = document.source();
            let (id, revision, capture) =
                (ids.document.as_str(), ids.revision.as_str(), ids.capture.as_str());
            let (url, published) = (document.url(), document.published.to_string());
            let first_seen = document.first_seen.as_second().to_string();
            let since = document.since.as_second().to_string();
            let until = document
                .until
                .map_or("\\N".to_owned(), |until| until.as_second().to_string());
            self.documents += 1;
            let number = self.documents.to_string();
            let [documents, quotes, mentions] = &mut self.rows;
            row(
                documents,
                &[
                    &number,
                    id,
                    revision,
                    capture,
                    &source,
                    &source_name,
                    "news",
                    &url,
                    &document.title,
                    "report",
                    "en",
                    &document.text,
                    &published,
                    &first_seen,
                    &since,
                    &until,
                ],
            );
            for day in document.mentions {
                row(mentions, &[&day.to_string(), &number]);
            }
            for quote in &document.quotes {
                row(
                    quotes,
                    &[
                        &ids.quote(quote),
                        id,
                        revision,
                        capture,
                        &source,
                        &source_name,
                        "news",
                        &url,
                        &document.title,
                        "report",
                        "en",
                        &quote.words,
                        &quote.around,
                        &format!("speaker-{}", quote.speaker),
                        corpus.speaker(quote.speaker),
                        "said",
                        "said",
                        "direct",
                        "0.9",
                        &quote.said.to_string(),
                        "weekday",
                        &published,
                        &first_seen,
                        &since,
                        &until,
                        &quote.number.to_string(),
                    ],
                );
            }
        }
        self.waiting += 1;
        if self.waiting == COPIED {
            self.copy();
        }
    }

    fn finish(&mut self) {
        self.copy();
        self.client.batch_execute(INDEXES).expect("indexes");
        self.client.batch_execute("VACUUM ANALYZE").expect("counted");
    }

    fn bytes(&mut self) -> u64 {
        let size = self
            .client
            .query_one("SELECT pg_database_size(current_database())", &[]);
        size.expect("an answer").get::<_, i64>(0).unsigned_abs()
    }

    fn cpu_ns(&mut self) -> u64 {
        super::clock::ns_of(self.backend)
    }

    fn ask(&mut self, question: &Question) -> Answer {
        let (first, last) = question.days;
        let (first, last) = (first.to_string(), last.to_string());
        let speaker = format!("speaker-{}", question.speaker);
        let both = question.words.join(" & ");
        let phrase = question.words.join(" <-> ");
        let best = format!("ts_rank(words, to_tsquery('english', $1)) DESC LIMIT {BEST}");
        let newest = format!("published DESC LIMIT {NEWEST}");
        let is_counted = question.kind.is_counted();
        match question.kind {
            Kind::Word | Kind::And => self.hits(is_counted, DOCUMENTS, "published", "until IS NULL", &best, &[&both]),
            Kind::Phrase => self.hits(is_counted, DOCUMENTS, "published", "until IS NULL", &best, &[&phrase]),
            Kind::PhraseNewest => self.hits(is_counted, DOCUMENTS,
                "published",
                "until IS NULL AND published BETWEEN $2 AND $3",
                &newest,
                &[&phrase, &first, &last],
            ),
            Kind::AsOf => self.hits(is_counted, DOCUMENTS,
                "published",
                "since <= $2 AND (until IS NULL OR until > $2)",
                &best,
                &[&both, &super::end_of(question.days.0)],
            ),
            Kind::Mentioned => self.hits(is_counted, DOCUMENTS,
                "published",
                "until IS NULL AND number IN (SELECT document FROM mentions WHERE day BETWEEN $2 AND $3)",
                &newest,
                &[&both, &first, &last],
            ),
            Kind::OfSpeaker => self.hits(is_counted, QUOTES,
                "said",
                "until IS NULL AND speaker = $4 AND said BETWEEN $2 AND $3",
                &format!("said DESC LIMIT {NEWEST}"),
                &[&both, &first, &last, &speaker],
            ),
            Kind::Speakers => self.counts(
                &format!(
                    "SELECT speaker_name, count(*) FROM {QUOTES} AND until IS NULL
                     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {VALUES}"
                ),
                &both,
            ),
            Kind::Months => self.counts(
                &format!(
                    "SELECT substr(published, 1, 7), count(*) FROM {DOCUMENTS} AND until IS NULL GROUP BY 1 ORDER BY 1"
                ),
                &both,
            ),
            Kind::Altered => {
                let statement = format!(
                    "SELECT quote FROM {QUOTES} AND until IS NULL
                     ORDER BY ts_rank(words, to_tsquery('english', $1)) DESC LIMIT 1"
                );
                let found = self.ask_for(&statement, &[&question.words.join(" | ")]);
                let quote = found.first().map(|row| row.get::<_, i64>(0).unsigned_abs());
                Answer::Closest(quote)
            }
        }
    }
}

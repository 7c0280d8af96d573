//! The table of figures behind a Spark Connect server.
//!
//! `sc://HOST:PORT/FOLDER` → the Parquet tables that `scale/extract_spark.py` left in FOLDER;
//! `sc://HOST:PORT/DATABASE` → the tables `figures`, `names` and `words` of a database of its catalogue.
//!
//! One query at a time. Each runs on a thread of its own under a tag of its own, while the one that asked waits:
//! for the answer, for the word to stop, which interrupts the query at the server, and for the server to go away,
//! which the client alone would take for a delay and wait out.

use std::collections::{HashMap, HashSet};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::{Duration, Instant};

use spark_connect::expression::LiteralExpression;
use spark_connect::row::Row as Answer;
use spark_connect::{DataFrame, Expression, SparkError, SparkSession};

use super::sql::{Select, Statement, Value, Vocabulary};
use super::window::window;
use super::{Ask, Key, Page, Problem, Row, Source};
use crate::query::Words;
use crate::query::pattern::Pattern;

/// What the tables are called in the session.
const FIGURES: &str = "zhibiao_figures";
const NAMES: &str = "zhibiao_names";
const WORDS: &str = "zhibiao_words";

/// How often a waiting query looks whether it is still wanted.
const LOOK: Duration = Duration::from_millis(10);
/// How often it looks whether the server is still there, and how long that may take.
const PROBE: Duration = Duration::from_secs(2);
/// Most names of a column that are read, and most that are sent in a list.
const MOST_NAMES: usize = 500_000;
const MOST_SENT: usize = 5_000;
/// What the server says of a call to nobody.
const UNAVAILABLE: i32 = 14;

/// A session with a table of figures.
pub struct Spark {
    session: SparkSession,
    /// `HOST:PORT`.
    place: String,
    /// The names of each column that was asked for, folded.
    names: Mutex<HashMap<String, Arc<Vec<String>>>>,
    /// Whether words and ids that were asked for are there.
    known: Mutex<HashMap<String, bool>>,
    number: AtomicU64,
}

impl std::fmt::Debug for Spark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spark").field("place", &self.place).finish_non_exhaustive()
    }
}

impl Spark {
    /// Opens a table at an address `sc://HOST:PORT/TABLE`; what follows a `;` is for the client, as `;use_ssl=true`.
    ///
    /// # Errors
    /// The address is none, nobody answers there, or there is no such table.
    pub fn open(address: &str) -> Result<Self, Problem> {
        let unfit = || Problem::Failed(format!("{address}: wanted sc://HOST:PORT/TABLE"));
        let rest = address.strip_prefix("sc://").ok_or_else(unfit)?;
        let (rest, options) = rest.split_once(';').map_or((rest, ""), |(rest, options)| (rest, options));
        let (place, table) = rest.split_once('/').ok_or_else(unfit)?;
        if table.is_empty() || place.is_empty() {
            return Err(unfit());
        }
        let place = if place.contains(':') { place.to_owned() } else { format!("{place}:15002") };
        if !answers(&place) {
            return Err(Problem::Lost(place));
        }
        let url = format!("sc://{place}/{}{options}", if options.is_empty() { "" } else { ";" });
        let session =
            SparkSession::builder().remote(&url).get_or_create().map_err(|e| problem(&e, &place))?;
        let spark = Self {
            session,
            place,
            names: Mutex::default(),
            known: Mutex::default(),
            number: AtomicU64::new(0),
        };
        let never = AtomicBool::new(false);
        // A database of the catalogue has no slash; a folder begins with one, typed or not.
        let folder = match table {
            _ if !table.contains('/') => None,
            _ if table.starts_with('/') || table.contains("://") => Some(table.to_owned()),
            _ => Some(format!("/{table}")),
        };
        for (view, name) in [(FIGURES, "figures"), (NAMES, "names"), (WORDS, "words")] {
            let (session, folder, database) = (spark.session.clone(), folder.clone(), table.to_owned());
            spark.wait(&never, move || {
                let frame = match folder {
                    Some(folder) => session.read().parquet(&format!("{folder}/{name}")),
                    None => session.table(&format!("{database}.{name}")).map_err(Box::new)?,
                };
                frame.create_or_replace_temp_view(view).map_err(Box::new)
            })?;
        }
        Ok(spark)
    }

    /// The rows that answer a statement.
    fn ask(&self, statement: &Statement, stop: &AtomicBool) -> Result<Vec<Answer>, Problem> {
        let values = statement.values.iter().map(|value| {
            Expression::Literal(match value {
                Value::Text(text) | Value::Decimal(text) => LiteralExpression::String(text.clone()),
                Value::Whole(number) => LiteralExpression::Long(*number),
            })
        });
        let frame: DataFrame = self
            .session
            .sql_with_args(&statement.text, values.collect(), HashMap::new())
            .map_err(|error| problem(&error, &self.place))?;
        self.wait(stop, move || frame.collect().map_err(Box::new))
    }

    /// Waits for what a call to the server gives, as long as somebody wants it and the server is there.
    fn wait<T: Send + 'static>(
        &self,
        stop: &AtomicBool,
        call: impl FnOnce() -> Result<T, Box<SparkError>> + Send + 'static,
    ) -> Result<T, Problem> {
        let tag = format!("zhibiao-{}", self.number.fetch_add(1, Ordering::Relaxed));
        self.session.clear_tags();
        self.session.add_tag(&tag).map_err(|error| problem(&error, &self.place))?;
        let (tell, hear) = mpsc::channel();
        std::thread::spawn(move || {
            // Whoever asked may have gone.
            let _ = tell.send(call());
        });
        let mut probed = Instant::now();
        loop {
            match hear.recv_timeout(LOOK) {
                Ok(answer) => return answer.map_err(|error| problem(&error, &self.place)),
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    return Err(Problem::Failed(format!("{}: the client gave up", self.place)));
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
            if stop.load(Ordering::Relaxed) {
                let session = self.session.clone();
                // Nobody waits for that either.
                std::thread::spawn(move || {
                    let _ = session.interrupt_tag(&tag);
                });
                return Err(Problem::Stopped);
            }
            if probed.elapsed() >= PROBE {
                if !answers(&self.place) {
                    return Err(Problem::Lost(self.place.clone()));
                }
                probed = Instant::now();
            }
        }
    }

    /// All distinct names of a column.
    fn names_of(&self, column: &str) -> Result<Arc<Vec<String>>, Problem> {
        if let Some(names) = lock(&self.names).get(column) {
            return Ok(Arc::clone(names));
        }
        let text = format!("SELECT name FROM {NAMES} WHERE `column` = ? LIMIT {}", MOST_NAMES + 1);
        let statement = Statement { text, values: vec![Value::Text(column.to_owned())] };
        let answers = self.ask(&statement, &AtomicBool::new(false))?;
        if answers.len() > MOST_NAMES {
            return Err(Problem::Unsendable {
                zh: format!("{column} 有 {MOST_NAMES} 个以上的名称,不能按拼音查;可改用汉字"),
                en: format!(
                    "{column} has more than {MOST_NAMES} names and cannot be asked by pinyin; use characters"
                ),
            });
        }
        let names: Vec<String> = answers.iter().filter_map(|answer| text_at(answer, 0)).collect();
        let names = Arc::new(names);
        lock(&self.names).insert(column.to_owned(), Arc::clone(&names));
        Ok(names)
    }

    /// Whether a table has a row with a value; no if the server cannot say, which the query itself will tell.
    fn has(&self, table: &str, column: &str, value: &str) -> bool {
        let key = format!("{table} {column} {value}");
        if let Some(known) = lock(&self.known).get(&key) {
            return *known;
        }
        let text = format!("SELECT 1 FROM {table} WHERE `{column}` = ? LIMIT 1");
        let statement = Statement { text, values: vec![Value::Text(value.to_owned())] };
        let Ok(answers) = self.ask(&statement, &AtomicBool::new(false)) else { return false };
        lock(&self.known).insert(key, !answers.is_empty());
        !answers.is_empty()
    }
}

impl Words for Spark {
    fn has_unit(&self, unit: &str) -> bool {
        self.names_of("unit_folded").is_ok_and(|names| names.iter().any(|name| name == unit))
    }

    fn has_latin_word(&self, word: &str) -> bool {
        self.has(WORDS, "word", word)
    }

    fn has_id(&self, id: &str) -> bool {
        self.has(FIGURES, "id", id)
    }
}

impl Vocabulary for Spark {
    fn matching(&self, column: &str, pattern: &Pattern) -> Result<Vec<String>, Problem> {
        let names = self.names_of(column)?;
        let matching: HashSet<&String> = names.iter().filter(|name| pattern.is_match_folded(name)).collect();
        if matching.len() > MOST_SENT {
            let (word, count) = (pattern.folded(), matching.len());
            return Err(Problem::Unsendable {
                zh: format!("“{word}”:按拼音有 {count} 个名称,请再多打几个字母"),
                en: format!("“{word}” is the pinyin of {count} names; type more letters"),
            });
        }
        let mut matching: Vec<String> = matching.into_iter().cloned().collect();
        matching.sort_unstable();
        Ok(matching)
    }
}

impl Source for Spark {
    fn words(&self) -> &dyn Words {
        self
    }

    fn page(
        &mut self,
        ask: &Ask,
        after: Option<&Key>,
        most: usize,
        stop: &AtomicBool,
    ) -> Result<Page, Problem> {
        let statement = Select::Page { after, most }.statement(ask, FIGURES, self)?;
        let answers = self.ask(&statement, stop)?;
        let rows: Result<Vec<Row>, _> = answers
            .iter()
            .map(|answer| serde_json::from_str(&text_at(answer, 0).unwrap_or_default()))
            .collect();
        let rows = rows.map_err(|error| {
            Problem::Failed(format!("{}: a row that is not one of this program's: {error}", self.place))
        })?;
        let values = |answer: &Answer| (1..answer.len()).map(|n| text_at(answer, n)).collect();
        let last = answers.last().filter(|_| answers.len() == most);
        let next = last.map(|answer| Key::Values(values(answer)));
        let (index, ids) = window(&rows);
        Ok(Page { index: Arc::new(index), ids, next })
    }

    fn count(&mut self, ask: &Ask, stop: &AtomicBool) -> Result<usize, Problem> {
        let statement = Select::Count.statement(ask, FIGURES, self)?;
        let answers = self.ask(&statement, stop)?;
        let count = answers.first().and_then(|answer| answer.get(0)?.as_i64());
        Ok(count.and_then(|count| usize::try_from(count).ok()).unwrap_or_default())
    }
}

fn text_at(answer: &Answer, column: usize) -> Option<String> {
    answer.get(column)?.as_str().map(str::to_owned)
}

/// Whether anybody listens at a place.
fn answers(place: &str) -> bool {
    let Ok(mut found) = place.to_socket_addrs() else { return false };
    found.any(|address| TcpStream::connect_timeout(&address, PROBE).is_ok())
}

fn problem(error: &SparkError, place: &str) -> Problem {
    if error.grpc_code() == Some(UNAVAILABLE) {
        return Problem::Lost(place.to_owned());
    }
    // The rest of what the server says is its own plan and stack.
    let told = error.message();
    Problem::Failed(format!("{place}: {}", told.lines().next().unwrap_or_default()))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

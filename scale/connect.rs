//! The cases of the filter language on a real server, and how long it takes: `scale/check_connect.sh` runs it.
//!
//! ```text
//! connect rows FOLDER            the figures of each file of cases, as rows of a table
//! connect ask sc://HOST:PORT FOLDER   asks the tables made of them, and compares with the index
//! ```

#![allow(clippy::unwrap_used, reason = "what cannot go on has failed")]

#[allow(dead_code, reason = "the cases' own names of figures are not asked for here")]
#[path = "../tests/query/data.rs"]
mod data;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use zhibiao::index::DocumentId;
use zhibiao::model::Lang;
use zhibiao::query::{self, Query};
use zhibiao::source::{self, Ask, Problem, Source, Spark};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["rows", folder] => rows(Path::new(folder)),
        ["ask", address, folder] => {
            if !ask(address, folder) {
                std::process::exit(1);
            }
        }
        _ => panic!("wanted: connect rows FOLDER, or connect ask ADDRESS FOLDER"),
    }
}

/// Each file of cases: its name, its text, its figures.
fn cases() -> Vec<(String, String, data::Data)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/query");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let inside = text.lines().skip_while(|line| *line != "```figures").skip(1);
        let figures: Vec<&str> =
            inside.take_while(|line| *line != "```").filter(|line| !line.is_empty()).collect();
        let data = data::read(&figures);
        (path.file_stem().unwrap().to_string_lossy().into_owned(), text, data)
    };
    paths.into_iter().map(read).collect()
}

fn rows(folder: &Path) {
    for (name, _, data) in cases() {
        std::fs::create_dir_all(folder.join(&name)).unwrap();
        let documents =
            (0..data.index.document_count() as u32).map(|n| data.index.document(DocumentId(n)).unwrap());
        let lines: Vec<String> = documents.flat_map(source::rows).map(Result::unwrap).collect();
        std::fs::write(folder.join(&name).join("rows.jsonl"), lines.join("\n") + "\n").unwrap();
    }
}

/// Asks the queries of all cases; whether nothing differs.
fn ask(address: &str, folder: &str) -> bool {
    let never = AtomicBool::new(false);
    let (mut same, mut different, mut refused) = (0, 0, Vec::new());
    let (mut starts, mut firsts, mut times) = (Vec::new(), Vec::new(), Vec::new());
    for (name, text, data) in cases() {
        let start = Instant::now();
        let mut spark = match Spark::open(&format!("{address}/{folder}/{name}")) {
            Ok(spark) => spark,
            Err(problem) => panic!("{name}: {}", problem.told(Lang::En)),
        };
        starts.push(start.elapsed());
        let queries = text.lines().filter_map(|line| Some(line.strip_prefix("- `")?.split_once("` →")?.0));
        for (n, query) in queries.enumerate() {
            let local = query::run(&data.index, &query::resolve(&Query::parse(query), &data.index));
            let wanted: Vec<String> = local
                .ids
                .iter()
                .map(|id| data.index.figure(*id).unwrap().name_in_dataset().into_owned())
                .collect();
            let start = Instant::now();
            let plan = query::resolve(&Query::parse(query), spark.words());
            let most = plan.limit.unwrap_or(1_000);
            let ask = Ask { plan: Arc::new(plan), backwards: false };
            let found = by_pages(&mut spark, &ask, most, &never)
                .and_then(|ids| Ok((ids, spark.count(&ask, &never)?)));
            let took = start.elapsed();
            if n == 0 {
                firsts.push(took)
            } else {
                times.push(took)
            }
            match found {
                Ok(found) if found == (wanted.clone(), local.total) => same += 1,
                Ok((ids, count)) => {
                    different += 1;
                    println!(
                        "{name}: {query}\n  the index:  {} {}\n  the server: {count} {}",
                        local.total,
                        wanted.join(" "),
                        ids.join(" ")
                    );
                }
                Err(problem) => refused.push(format!("{name}: {query}: {}", problem.told(Lang::En))),
            }
        }
    }
    refused.iter().for_each(|refusal| println!("refused: {refusal}"));
    println!("the same {same}, different {different}, refused {}", refused.len());
    println!(
        "a session: {:?}; its first page and count: {:?}; later ones: {:?}",
        median(&mut starts),
        median(&mut firsts),
        median(&mut times)
    );
    different == 0
}

/// All that is found, three figures a page.
fn by_pages(spark: &mut Spark, ask: &Ask, most: usize, never: &AtomicBool) -> Result<Vec<String>, Problem> {
    let (mut ids, mut after) = (Vec::new(), None);
    while ids.len() < most {
        let page = spark.page(ask, after.as_ref(), 3.min(most - ids.len()), never)?;
        ids.extend(page.ids.iter().map(|id| page.index.figure(*id).unwrap().name_in_dataset().into_owned()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(ids)
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

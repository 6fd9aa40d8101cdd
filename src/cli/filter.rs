//! JSON lines in, JSON lines out: all cores, the order kept, a bad line answered and not fatal.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use anyhow::Context;
use rayon::prelude::*;
use serde_json::{Map, Value, json};

/// Bytes of input worked on at once; enough to keep the cores busy, little enough to stream.
const BATCH_BYTES: usize = 4 << 20;
/// Lines worked on at once, so that a slow trickle of long work is not held back.
const BATCH_LINES: usize = 256;

/// Reads objects a line from `input`, writes `work` of each to `output`, in order.
///
/// A line that is no object, or for which `work` fails, is answered with `{"id","error"}`; the exit
/// code is then 2 in the end.
pub(super) fn run<W>(mut input: impl BufRead, mut output: impl Write, work: W) -> anyhow::Result<ExitCode>
where
    W: Fn(Map<String, Value>) -> anyhow::Result<Value> + Sync,
{
    let mut failed = false;
    let mut number = 0;
    loop {
        let batch = read_batch(&mut input).context("cannot read standard input")?;
        if batch.is_empty() {
            break;
        }
        let answers: Vec<Result<Value, Value>> = batch
            .par_iter()
            .enumerate()
            .map(|(index, line)| answer(line, number + index + 1, &work))
            .collect();
        number += batch.len();
        for answer in answers {
            failed |= answer.is_err();
            let line = answer.unwrap_or_else(|error| error);
            serde_json::to_writer(&mut output, &line)?;
            output.write_all(b"\n")?;
        }
        output.flush()?;
    }
    Ok(ExitCode::from(if failed { 2 } else { 0 }))
}

/// The next lines that are not blank.
fn read_batch(input: &mut impl BufRead) -> std::io::Result<Vec<Vec<u8>>> {
    let (mut lines, mut bytes) = (Vec::new(), 0);
    while bytes < BATCH_BYTES && lines.len() < BATCH_LINES {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if !line.trim_ascii().is_empty() {
            bytes += line.len();
            lines.push(line);
        }
    }
    Ok(lines)
}

/// The answer to one line; the error is the object that stands for it in the output.
fn answer<W>(line: &[u8], number: usize, work: &W) -> Result<Value, Value>
where
    W: Fn(Map<String, Value>) -> anyhow::Result<Value> + Sync,
{
    let object = match serde_json::from_slice(line) {
        Ok(Value::Object(object)) => object,
        Ok(_) => return Err(json!({"id": null, "error": format!("line {number} is no JSON object")})),
        Err(error) => return Err(json!({"id": null, "error": format!("line {number} is no JSON: {error}")})),
    };
    let id = object.get("id").cloned().unwrap_or(Value::Null);
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(object))) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(json!({"id": id, "error": format!("{error:#}")})),
        Err(_) => {
            Err(json!({"id": id, "error": format!("line {number} made the program panic; please report it")}))
        }
    }
}

//! JSON lines in, JSON lines out: all cores, the order kept, a bad line answered and not fatal.

use std::io::{BufReader, Read, Write};
use std::process::ExitCode;

use anyhow::Context;
use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::lines::{Line, Lines};

/// The longest line that is read: more than any page takes, written as JSON.
const LONGEST_LINE: usize = 256 << 20;

/// Reads objects a line from standard input, writes `work` of each to standard output, in order.
pub(super) fn run<W>(work: W) -> anyhow::Result<ExitCode>
where
    W: Fn(Map<String, Value>) -> anyhow::Result<Value> + Sync,
{
    filter(std::io::stdin(), std::io::stdout().lock(), work)
}

/// A line that is no object, or for which `work` fails, is answered with `{"id","error"}`; the exit
/// code is then 2 in the end. What has come is answered, without waiting for more.
fn filter<W>(input: impl Read + Send + 'static, mut output: impl Write, work: W) -> anyhow::Result<ExitCode>
where
    W: Fn(Map<String, Value>) -> anyhow::Result<Value> + Sync,
{
    let lines = Lines::of(BufReader::new(input), LONGEST_LINE);
    let mut failed = false;
    loop {
        let batch = lines.next().context("cannot read standard input")?;
        if batch.is_empty() {
            break;
        }
        let answers: Vec<Result<Value, Value>> = batch.par_iter().map(|line| answer(line, &work)).collect();
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

/// The answer to one line; the error is the object that stands for it in the output.
fn answer<W>(line: &Line, work: &W) -> Result<Value, Value>
where
    W: Fn(Map<String, Value>) -> anyhow::Result<Value> + Sync,
{
    let number = line.number;
    let Some(text) = &line.text else {
        let error = format!("line {number} is longer than {LONGEST_LINE} bytes");
        return Err(json!({"id": null, "error": error}));
    };
    let object = match serde_json::from_slice(text) {
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// An input that says what somebody sends, as it is sent.
    struct Piped(mpsc::Receiver<&'static [u8]>);

    impl Read for Piped {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let sent = self.0.recv().unwrap_or_default();
            buffer[..sent.len()].copy_from_slice(sent);
            Ok(sent.len())
        }
    }

    /// An output that tells whenever something was answered.
    struct Told(mpsc::Sender<()>);

    impl Write for Told {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            let _ = self.0.send(());
            Ok(())
        }
    }

    #[test]
    fn what_has_come_is_answered_while_the_input_stays_open() {
        let ((send, input), (told, answers)) = (mpsc::channel(), mpsc::channel());
        let work =
            std::thread::spawn(move || filter(Piped(input), Told(told), |line| Ok(Value::Object(line))));
        for _ in 0..3 {
            send.send(b"{}\n").expect("it listens");
            let answer = answers.recv_timeout(std::time::Duration::from_secs(60));
            answer.expect("an answer before anything else is sent");
        }
        drop(send);
        let code = work.join().expect("no panic").expect("no error");
        assert_eq!(code, ExitCode::from(0));
    }

    #[test]
    fn an_error_names_the_line_as_an_editor_counts_it() {
        let input = std::io::Cursor::new(b"{\"id\": 7}\n\n\n[]\n".to_vec());
        let mut output = Vec::new();
        let code = filter(input, &mut output, |line| Ok(Value::Object(line))).expect("no error");
        assert_eq!(code, ExitCode::from(2));
        let told = String::from_utf8(output).expect("JSON");
        assert!(
            told.ends_with("{\"id\":null,\"error\":\"line 4 is no JSON object\"}\n"),
            "{told}"
        );
    }
}

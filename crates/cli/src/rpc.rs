//! `primum rpc`: the commands over standard input and output.

use commands::Context;
use secrecy::zeroize::Zeroize;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, Read, Write};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder that holds the packets of this computer.
    #[arg(long)]
    data: PathBuf,
}

#[derive(Deserialize)]
struct Request {
    name: String,
    #[serde(default = "no_arguments")]
    arguments: Value,
}

fn no_arguments() -> Value {
    json!({})
}

/// Far more than any request says. A line without an end would take all memory.
const LONGEST_LINE: u64 = 16 << 20;

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut context = crate::work_at(crate::desk(&arguments.data));
    let (mut lines, mut out) = (std::io::stdin().lock(), std::io::stdout().lock());
    let mut line = Vec::new();
    while lines.by_ref().take(LONGEST_LINE + 1).read_until(b'\n', &mut line)? > 0 {
        let too_long = line.len() as u64 > LONGEST_LINE;
        let reply = if too_long {
            let found = format!("this line is longer than {} MB", LONGEST_LINE >> 20);
            misused(found)
        } else {
            reply(&mut context, &line)
        };
        writeln!(out, "{}", commands::harmless_json(&reply.to_string()))?;
        out.flush()?;
        if too_long && !line.ends_with(b"\n") {
            lines.skip_until(b'\n')?;
        }
        // It may have held a passphrase.
        line.zeroize();
    }
    Ok(())
}

fn reply(context: &mut Context, line: &[u8]) -> Value {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            let place = error.valid_up_to() + 1;
            return misused(format!("byte {place} of this line is not UTF-8 text"));
        }
    };
    match serde_json::from_str::<Request>(text) {
        Ok(request) => match commands::call(context, &request.name, request.arguments) {
            Ok(reply) => json!({ "ok": reply }),
            Err(failure) => json!({ "error": failure }),
        },
        Err(error) => misused(format!("this line cannot be read ({error})")),
    }
}

/// The answer to a line that is no request.
fn misused(found: String) -> Value {
    let message =
        format!("{found}; expected one request as JSON, {{\"name\": …, \"arguments\": {{…}}}}.");
    json!({ "error": { "kind": "misused", "message": message } })
}

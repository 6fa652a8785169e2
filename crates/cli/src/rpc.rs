//! `primum rpc`: the commands over standard input and output.

use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, Write};
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

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut desk = crate::desk(&arguments.data);
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let reply = match serde_json::from_str::<Request>(&line?) {
            Ok(request) => match commands::call(&mut desk, &request.name, request.arguments) {
                Ok(reply) => json!({ "ok": reply }),
                Err(failure) => json!({ "error": failure }),
            },
            Err(error) => json!({ "error": { "kind": "misused", "message": error.to_string() } }),
        };
        writeln!(out, "{}", commands::harmless_json(&reply.to_string()))?;
        out.flush()?;
    }
    Ok(())
}

//! The `staffwright` program: parses, runs, and maps outcomes to exit codes.
#![forbid(unsafe_code)]

use clap::Parser;
use staffwright::cli::{Cli, run};
use std::io::{Write, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    // A bad command line ends here with clap's message and exit code 2.
    let cli = Cli::parse();
    let mut out = std::io::BufWriter::new(stdout().lock());
    let outcome = run(&cli, &mut out).and_then(|()| Ok(out.flush()?));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let code = failure.exit_code();
            if code != 0 && !matches!(failure, staffwright::cli::Failure::Reported) {
                eprintln!("error: {failure}");
            }
            ExitCode::from(code)
        }
    }
}

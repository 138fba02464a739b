//! The `staffwright` program: parses, runs, and maps outcomes to exit codes.
#![forbid(unsafe_code)]

use clap::Parser;
use staffwright::cli::{Cli, Failure, run};
use std::io::{Write, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    // A bad command line ends here with clap's message and exit code 2.
    let cli = Cli::parse();
    let mut out = std::io::BufWriter::new(stdout().lock());
    let outcome = run(&cli, &mut out);
    // What was printed before a failure is still to be read; the failure itself says more than a failed flush.
    let flushed = out.flush().map_err(Failure::from);
    match outcome.and(flushed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let code = failure.exit_code();
            if code != 0 && !matches!(failure, Failure::Reported) {
                eprintln!("error: {failure}");
            }
            ExitCode::from(code)
        }
    }
}

//! The `staffwright` program: parses, runs, and maps outcomes to exit codes.
#![forbid(unsafe_code)]

use clap::Parser;
use staffwright::cli::{Cli, Failure, run};
use std::io::{Write, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let code = work();
    if staffwright::solve::at_work() {
        replace_process(code);
    }
    ExitCode::from(code)
}

/// Ends the process without the destructors of the C++ runtime, by becoming a shell that exits: a solver that overstayed
/// its time is still at work on a thread of its own, and would fall over what they take away.
#[cfg(unix)]
fn replace_process(code: u8) {
    use std::os::unix::process::CommandExt;
    // Comes back only where there is no shell; the process then ends the ordinary way.
    let _ = std::process::Command::new("/bin/sh")
        .args(["-c", &format!("exit {code}")])
        .exec();
}

/// There is nothing to become.
#[cfg(not(unix))]
fn replace_process(_: u8) {}

/// Does what the command line says; the exit code.
fn work() -> u8 {
    // A bad command line ends here with clap's message and exit code 2.
    let cli = Cli::parse();
    let mut out = std::io::BufWriter::new(stdout().lock());
    let outcome = run(&cli, &mut out);
    // What was printed before a failure is still to be read; the failure itself says more than a failed flush.
    let flushed = out.flush().map_err(Failure::from);
    match outcome.and(flushed) {
        Ok(()) => 0,
        Err(failure) => {
            let code = failure.exit_code();
            if code != 0 && !matches!(failure, Failure::Reported) {
                eprintln!("error: {failure}");
            }
            code
        }
    }
}

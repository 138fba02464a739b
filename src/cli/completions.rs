//! `staffwright completions` and `staffwright man`: what shells and manual readers load.

use super::{Cli, Failure};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `staffwright completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Where to put it:
  bash   staffwright completions bash > ~/.local/share/bash-completion/completions/staffwright
  zsh    staffwright completions zsh > ~/.zfunc/_staffwright      (with `fpath+=~/.zfunc` before compinit)
  fish   staffwright completions fish > ~/.config/fish/completions/staffwright.fish
  powershell   staffwright completions powershell >> $PROFILE")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Prints a script that completes commands, options and their values.
///
/// # Errors
/// The output could not be written.
pub fn run(args: &CompletionsArgs, out: &mut dyn Write) -> Result<(), Failure> {
    // Written to memory first: the generator panics where a reader closes the pipe.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "staffwright", &mut script);
    Ok(out.write_all(&script)?)
}

/// Arguments of `staffwright man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write one page per command into this folder instead of printing the first
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Prints the manual page, or writes all of them.
///
/// # Errors
/// A folder that cannot be written, output that cannot be written.
pub fn man(args: &ManArgs, out: &mut dyn Write) -> Result<(), Failure> {
    let command = Cli::command();
    let Some(dir) = &args.out else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        return Ok(out.write_all(&page)?);
    };
    let written =
        std::fs::create_dir_all(dir).and_then(|()| clap_mangen::generate_to(command, dir));
    written.map_err(|e| {
        Failure::BadInput(format!("cannot write pages into {}: {e}", dir.display()))
    })?;
    writeln!(
        out,
        "wrote the pages into {0}; read one with: man {0}/staffwright.1",
        dir.display()
    )?;
    Ok(())
}

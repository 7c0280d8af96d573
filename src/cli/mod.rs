//! Sub-commands, printing and exit statuses: 0 found or done, 1 nothing found, 2 error.

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the command line and returns the process's exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let _ = arguments.into_iter().count();
    ExitCode::from(2)
}

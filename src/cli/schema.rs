//! `zhibiao schema`: the JSON Schema of a dataset.

use std::process::ExitCode;

use super::output;
use crate::dataset::SCHEMA;

pub(super) fn run() -> anyhow::Result<ExitCode> {
    output::print(SCHEMA)
}

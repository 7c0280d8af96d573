//! Datasets that are tables behind a server: `sc://HOST:PORT/TABLE`.

use std::path::Path;
use std::sync::Arc;

use super::data::{self, Figures};
use crate::model::Lang;
use crate::source::{Local, Source};

/// Whether a dataset is an address and no file.
pub(super) fn is_far(file: &Path) -> bool {
    file.to_str().is_some_and(|text| text.starts_with("sc://"))
}

/// What figures are asked for, and those of a file, which may want their cache kept.
pub(super) type Opened = (Box<dyn Source>, Option<Figures>);

/// The figures of a file or an address, or those that come with the program, to be asked once.
pub(super) fn open(file: Option<&Path>, caching: data::Caching, lang: Lang) -> anyhow::Result<Opened> {
    if let Some(address) = file.filter(|file| is_far(file)) {
        return Ok((table(&address.to_string_lossy(), lang)?, None));
    }
    let figures = data::open(file, caching)?;
    Ok((Box::new(Local::once(Arc::clone(&figures.index))), Some(figures)))
}

/// The table at an address.
#[cfg(feature = "spark")]
pub(super) fn table(address: &str, lang: Lang) -> anyhow::Result<Box<dyn Source + Send>> {
    match crate::source::Spark::open(address) {
        Ok(spark) => Ok(Box::new(spark)),
        Err(problem) => anyhow::bail!("{}", problem.told(lang)),
    }
}

/// The table at an address.
#[cfg(not(feature = "spark"))]
pub(super) fn table(address: &str, _: Lang) -> anyhow::Result<Box<dyn Source + Send>> {
    anyhow::bail!(
        "{address}: this zhibiao was built without Spark; cargo install --path . --features spark builds one with it \
         (protobuf-compiler and libprotobuf-dev must be there)"
    )
}

//! What is wrong with a query, where, in both languages of the interface.
//!
//! `主体:` → bytes 6..7, `“主体:”后面缺少值` / `a value is missing after “主体:”`

use std::ops::Range;

/// A remark about a query; the query still filters as far as it makes sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The bytes of the query it is about.
    pub span: Range<usize>,
    pub zh: String,
    pub en: String,
}

impl Message {
    pub(super) fn new(span: Range<usize>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { span, zh: zh.into(), en: en.into() }
    }
}

//! What commands are given to read: a file or standard input, packed or not, and the source it belongs to.

use std::borrow::Cow;
use std::io::Read;
use std::path::Path;

use anyhow::Context;
use url::Url;

use crate::fetch::coding;
use crate::model::source::{Source, source_of};

/// Bytes a packed file may have once it is unpacked.
const MAX_BYTES: usize = 256 << 20;

/// The bytes of a file, or of standard input where it is called `-`.
pub(super) fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file == Path::new("-") {
        let mut payload = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut payload)
            .context("cannot read standard input")?;
        return Ok(payload);
    }
    std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

/// A payload as it was before it was packed: saved pages are often kept so.
pub(super) fn unpacked(payload: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    match payload.starts_with(&[0x1f, 0x8b]) {
        true => coding::decode(&payload, Some("gzip"), MAX_BYTES)
            .map(Cow::into_owned)
            .context("the file is no sound gzip"),
        false => Ok(payload),
    }
}

/// The source of a page: the one that is named, else the one on its host.
pub(super) fn source<'a>(
    sources: &'a [Source],
    named: Option<&str>,
    url: &Url,
) -> anyhow::Result<Option<&'a Source>> {
    let Some(id) = named else {
        return Ok(source_of(sources, url));
    };
    let found = sources.iter().find(|source| source.id.as_str() == id);
    let found = found.with_context(|| format!("no source `{id}` in config/sources of a workspace here"))?;
    Ok(Some(found))
}

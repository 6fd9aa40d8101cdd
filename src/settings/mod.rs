//! Files, environment and flags in, typed settings out.
//!
//! The embedded `config/onrecord.toml` is the base layer; a workspace's own file, the environment and
//! flags lie over it. Sources and speakers are read here too. Every complaint names the file, the line
//! and, for an unknown key, the nearest known one.

mod error;
mod layers;
#[cfg(test)]
mod shipped;
mod slips;
mod source_file;
mod speakers_file;
mod switched_off;
mod tracker;
mod workspace;

pub use error::SettingsError;
pub use layers::load;
pub use source_file::{read_source, source_of_text, sources};
pub use speakers_file::{read_speakers, speakers};
pub use switched_off::{SwitchedOff, switched_off};
pub use tracker::{
    AlertSettings, ArchiveSettings, CrawlSettings, LogFormat, LogSettings, MailSettings, SearchSettings,
    ServeSettings, Settings, listen_address,
};
pub use workspace::{REFERENCE, SOURCE_EXAMPLE, Workspace};

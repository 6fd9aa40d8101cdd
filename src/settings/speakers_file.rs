//! The file of people and bodies: `config/speakers.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use super::error::{SettingsError, line_of};
use crate::model::id::SpeakerId;
use crate::model::speaker::{Office, Speaker, SpeakerKind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeakerTable {
    name: String,
    kind: Kind,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    office: Vec<OfficeTable>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Person,
    Body,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeTable {
    title: String,
    #[serde(default)]
    aliases: Vec<String>,
    of: Option<toml::Spanned<String>>,
    from: Option<toml::Spanned<toml::value::Datetime>>,
    to: Option<toml::Spanned<toml::value::Datetime>>,
}

/// The people and bodies of a file, by id; no file means none.
pub fn speakers(path: &Path) -> Result<Vec<Speaker>, SettingsError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = std::fs::read_to_string(path).map_err(|source| SettingsError::Unreadable {
        path: path.into(),
        source,
    })?;
    read_speakers(path, &text)
}

/// Whether a key can stand in addresses and queries as it is.
fn is_id(key: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    key.chars().all(is_part) && key.contains(char::is_alphanumeric)
}

/// Reads the text of a speakers file; `path` is for complaints.
pub fn read_speakers(path: &Path, text: &str) -> Result<Vec<Speaker>, SettingsError> {
    let tables: BTreeMap<String, SpeakerTable> =
        toml::from_str(text).map_err(|error| SettingsError::from_toml(path, text, &error))?;
    let ids: Vec<String> = tables.keys().cloned().collect();
    if let Some(id) = ids.iter().find(|id| !is_id(id)) {
        return Err(SettingsError::at(
            path,
            text.lines()
                .position(|line| line.contains(id.as_str()))
                .map_or(1, |at| at + 1),
            format!("{id:?} is no id: ids are letters, digits, hyphens and underscores"),
            None,
        ));
    }
    tables
        .into_iter()
        .map(|(id, table)| {
            let offices = table
                .office
                .into_iter()
                .map(|office| read_office(path, text, office, &ids))
                .collect::<Result<_, _>>()?;
            Ok(Speaker {
                id: SpeakerId::new(id),
                name: table.name,
                kind: match table.kind {
                    Kind::Person => SpeakerKind::Person,
                    Kind::Body => SpeakerKind::Body,
                },
                aliases: table.aliases,
                offices,
            })
        })
        .collect()
}

fn read_office(path: &Path, text: &str, table: OfficeTable, ids: &[String]) -> Result<Office, SettingsError> {
    if let Some(of) = &table.of
        && !ids.contains(of.get_ref())
    {
        let line = line_of(text, Some(of.span()));
        let hint = super::error::nearest(of.get_ref(), ids.iter().map(String::as_str));
        return Err(SettingsError::at(
            path,
            line,
            format!("there is no entry [{}]", of.get_ref()),
            hint,
        ));
    }
    let (from, to) = (
        day(path, text, table.from.as_ref())?,
        day(path, text, table.to.as_ref())?,
    );
    if let (Some(from), Some(to), Some(place)) = (from, to, &table.to)
        && to < from
    {
        let line = line_of(text, Some(place.span()));
        return Err(SettingsError::at(
            path,
            line,
            format!("the office ends on {to}, before it begins"),
            None,
        ));
    }
    Ok(Office {
        title: table.title,
        aliases: table.aliases,
        of: table.of.map(|of| SpeakerId::new(of.into_inner())),
        from,
        to,
    })
}

fn day(
    path: &Path,
    text: &str,
    value: Option<&toml::Spanned<toml::value::Datetime>>,
) -> Result<Option<Date>, SettingsError> {
    let Some(value) = value else { return Ok(None) };
    let day = value.get_ref();
    match (day.time, day.to_string().parse::<Date>()) {
        (None, Ok(date)) => Ok(Some(date)),
        _ => {
            let line = line_of(text, Some(value.span()));
            let hint = Some("write a day without quotation marks, for example 2026-01-01".into());
            Err(SettingsError::at(path, line, format!("{day} is no day"), hint))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_bodies_are_read_with_their_offices() {
        let text = "[hall]\nname = \"City Hall\"\nkind = \"body\"\n\n[ana-lima]\nname = \"Ana Lima\"\n\
            kind = \"person\"\naliases = [\"A. Lima\"]\n[[ana-lima.office]]\ntitle = \"Mayor\"\nof = \"hall\"\n\
            from = 2026-01-01\n";
        let speakers = read_speakers(Path::new("speakers.toml"), text).expect("valid");
        let office = &speakers[0].offices[0];
        assert!(office.held_on(jiff::civil::date(2026, 2, 7)));
        assert!(!office.held_on(jiff::civil::date(2025, 12, 31)));
    }

    #[test]
    fn an_office_of_nobody_is_refused_with_its_line() {
        let text =
            "[hall]\nname = \"City Hall\"\nkind = \"body\"\n[[hall.office]]\ntitle = \"x\"\nof = \"hal\"\n";
        let error = read_speakers(Path::new("speakers.toml"), text).expect_err("wrong");
        assert_eq!(error.to_string(), "speakers.toml:6: there is no entry [hal]");
        assert_eq!(error.hint().as_deref(), Some("did you mean `hall`?"));
    }
}

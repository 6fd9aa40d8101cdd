//! Laying the layers of settings over each other.

use std::path::Path;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::error::{SettingsError, line_of, nearest};
use super::slips;
use super::tracker::Settings;
use super::workspace::REFERENCE;

/// What environment variables of settings begin with.
const PREFIX: &str = "ONRECORD_";

/// Variables of that name which are no settings.
const NOT_SETTINGS: [&str; 2] = ["ONRECORD_SHARED", "ONRECORD_WORKSPACE"];

/// The settings of a workspace: the embedded defaults, under its `config/onrecord.toml` if there is
/// one, under `environment`.
pub fn load(
    file: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Settings, SettingsError> {
    let mut table: Table = toml::from_str(REFERENCE).expect("the embedded defaults are TOML");
    let own = match file {
        Some(path) if path.exists() => {
            let text = std::fs::read_to_string(path).map_err(|source| SettingsError::Unreadable {
                path: path.into(),
                source,
            })?;
            lay_file(&mut table, path, &text)?;
            Some((path, text))
        }
        _ => None,
    };
    let mut variables: Vec<(String, String)> = environment
        .into_iter()
        .filter(|(name, _)| name.starts_with(PREFIX) && !NOT_SETTINGS.contains(&name.as_str()))
        .collect();
    variables.sort();
    for (name, value) in &variables {
        lay_variable(&mut table, name, value)?;
    }
    let own = own.as_ref().map(|(file, text)| (*file, text.as_str()));
    let settings: Settings = serde_path_to_error::deserialize(table).map_err(|error| {
        let path = error.path().to_string();
        let message = format!("`{path}`: {}", error.inner().message());
        place(&path, &variables, own, message)
    })?;
    match settings.contradiction() {
        None => Ok(settings),
        Some((path, problem)) => Err(place(path, &variables, own, format!("`{path}`: {problem}"))),
    }
}

/// Lays a file over the table; only keys that the defaults know are taken.
fn lay_file(table: &mut Table, path: &Path, text: &str) -> Result<(), SettingsError> {
    let parsed = DeTable::parse(text).map_err(|error| SettingsError::from_toml(path, text, &error))?;
    check_keys(table, parsed.get_ref(), path, text, "")?;
    let own: Table = toml::from_str(text).map_err(|error| SettingsError::from_toml(path, text, &error))?;
    lay(table, own);
    Ok(())
}

fn lay(under: &mut Table, over: Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Table(under)), Value::Table(over)) => lay(under, over),
            (_, value) => drop(under.insert(key, value)),
        }
    }
}

/// Complains about the first key that the defaults do not know, with its line and the nearest one.
fn check_keys(
    known: &Table,
    given: &DeTable<'_>,
    path: &Path,
    text: &str,
    within: &str,
) -> Result<(), SettingsError> {
    let mut keys: Vec<(&Spanned<_>, &Spanned<DeValue<'_>>)> = given.iter().collect();
    keys.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in keys {
        let name: &str = key.get_ref();
        let line = line_of(text, Some(key.span()));
        match (known.get(name), value.get_ref()) {
            (None, _) => {
                let place = if within.is_empty() {
                    String::new()
                } else {
                    format!(" in [{within}]")
                };
                let hint = nearest(name, known.keys().map(String::as_str));
                return Err(SettingsError::at(
                    path,
                    line,
                    format!("unknown key `{name}`{place}"),
                    hint,
                ));
            }
            // The names of topics are the reader's own.
            (Some(Value::Table(_)), DeValue::Table(_)) if within.is_empty() && name == "topics" => {}
            (Some(Value::Table(known)), DeValue::Table(given)) => check_keys(known, given, path, text, name)?,
            (Some(Value::Table(_)), _) => {
                let hint = Some(format!("write it as a table: [{name}]"));
                return Err(SettingsError::at(
                    path,
                    line,
                    format!("`{name}` is a table"),
                    hint,
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Lays `ONRECORD_TABLE__KEY=value` over the table.
fn lay_variable(table: &mut Table, name: &str, value: &str) -> Result<(), SettingsError> {
    let path = name[PREFIX.len()..].to_lowercase();
    let invalid = |message: String, hint: Option<String>| SettingsError::Invalid {
        place: format!("environment variable {name}"),
        message,
        hint,
    };
    let Some((section, key)) = path.split_once("__") else {
        let hint = Some("settings are named ONRECORD_TABLE__KEY, for example ONRECORD_CRAWL__PACE".into());
        return Err(invalid("names no setting".into(), hint));
    };
    let known = match table.get_mut(section) {
        Some(Value::Table(known)) => known,
        _ => {
            let hint = nearest(section, table.keys().map(String::as_str));
            return Err(invalid(format!("there is no table [{section}]"), hint));
        }
    };
    let Some(default) = known.get(key) else {
        let hint = nearest(key, known.keys().map(String::as_str));
        return Err(invalid(format!("there is no key `{key}` in [{section}]"), hint));
    };
    let typed = match default {
        Value::String(_) => Value::String(value.into()),
        // A number or a boolean is written as TOML writes it.
        _ => toml::from_str::<Table>(&format!("value = {value}"))
            .ok()
            .and_then(|mut table| table.remove("value"))
            .ok_or_else(|| invalid(format!("{value:?} is no {}", default.type_str()), None))?,
    };
    known.insert(key.into(), typed);
    Ok(())
}

/// Finds where a value that does not fit was given.
fn place(
    path: &str,
    variables: &[(String, String)],
    own: Option<(&Path, &str)>,
    message: String,
) -> SettingsError {
    let variable = format!("{PREFIX}{}", path.to_uppercase().replace('.', "__"));
    if variables.iter().any(|(name, _)| *name == variable) {
        return SettingsError::Invalid {
            place: format!("environment variable {variable}"),
            message,
            hint: None,
        };
    }
    let Some((file, text)) = own else {
        return SettingsError::Invalid {
            place: "defaults".into(),
            message,
            hint: None,
        };
    };
    let line = DeTable::parse(text)
        .ok()
        .and_then(|table| line_of_key(table.get_ref(), path, text));
    let line = line.unwrap_or(1);
    let hint = slips::hint(text.lines().nth(line - 1).unwrap_or_default(), &message);
    SettingsError::at(file, line, message, hint)
}

fn line_of_key(table: &DeTable<'_>, path: &str, text: &str) -> Option<usize> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let (key, value) = table.iter().find(|(key, _)| key.get_ref() == first)?;
    match value.get_ref() {
        DeValue::Table(inner) if !rest.is_empty() => line_of_key(inner, rest, text),
        _ => Some(line_of(text, Some(key.span()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(text: &str, variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("onrecord.toml");
        std::fs::write(&path, text).expect("a file");
        load(
            Some(&path),
            variables
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_string())),
        )
    }

    #[track_caller]
    fn check_error(text: &str, variables: &[(&str, &str)], message: &str, hint: Option<&str>) {
        let error = loaded(text, variables).expect_err("it is wrong");
        assert!(error.to_string().contains(message), "{error}");
        assert_eq!(error.hint().as_deref(), hint);
    }

    #[test]
    fn the_embedded_defaults_are_complete() {
        let settings = load(None, []).expect("the defaults");
        assert_eq!(settings.crawl.pace.as_secs(), 2);
        assert_eq!(settings.crawl.robots_token(), "onrecord");
    }

    #[test]
    fn the_environment_lies_over_the_file_over_the_defaults() {
        let settings = loaded(
            "[crawl]\npace = \"9s\"\nevery = \"2h\"",
            &[
                ("ONRECORD_CRAWL__PACE", "100ms"),
                ("ONRECORD_SERVE__CRAWL", "false"),
            ],
        )
        .expect("valid");
        assert_eq!(settings.crawl.pace.as_millis(), 100);
        assert_eq!(settings.crawl.every.as_hours(), 2);
        assert!(!settings.serve.crawl);
    }

    #[test]
    fn an_unknown_key_names_file_line_and_the_nearest_known_one() {
        check_error(
            "# mine\n[crawl]\npase = \"1s\"\n",
            &[],
            "onrecord.toml:3: unknown key `pase` in [crawl]",
            Some("did you mean `pace`?"),
        );
        check_error(
            "[crwl]\n",
            &[],
            "onrecord.toml:1: unknown key `crwl`",
            Some("did you mean `crawl`?"),
        );
        check_error(
            "",
            &[("ONRECORD_CRAWL__PASE", "1s")],
            "no key `pase` in [crawl]",
            Some("did you mean `pace`?"),
        );
    }

    #[test]
    fn a_value_that_does_not_fit_names_its_line() {
        check_error(
            "[crawl]\ncontact = \"me\"\npace = \"often\"\n",
            &[],
            "onrecord.toml:3: `crawl.pace`",
            None,
        );
        check_error(
            "[crawl]\nhosts_at_once = -1\n",
            &[],
            "onrecord.toml:2: `crawl.hosts_at_once`",
            None,
        );
        check_error(
            "crawl = 3\n",
            &[],
            "onrecord.toml:1: `crawl` is a table",
            Some("write it as a table: [crawl]"),
        );
        check_error("[crawl\n", &[], "onrecord.toml:1", None);
        check_error(
            "[crawl]\ncontact = \"me\"\npace = 2\n",
            &[],
            "onrecord.toml:3: `crawl.pace`",
            Some("write a length of time with its unit: pace = \"2m\", or \"2s\""),
        );
        check_error(
            "[serve]\nlisten = \"here\"\n",
            &[],
            "onrecord.toml:2: `serve.listen`: \"here\" is no address to listen on",
            None,
        );
    }

    #[test]
    fn what_can_be_read_and_cannot_be_meant_is_refused() {
        check_error(
            "[crawl]\npace = \"0s\"\n",
            &[],
            "onrecord.toml:2: `crawl.pace`",
            None,
        );
        let server = "[mail]\nserver = \"smtp.town.example\"\nfrom = \"a@town.example\"\n";
        check_error(server, &[], "onrecord.toml:2: `mail.server`", None);
        let clear = "[mail]\nserver = \"smtp://ana:word@smtp.town.example\"\nfrom = \"a@town.example\"\n";
        check_error(clear, &[], "in the clear", None);
        for server in [
            "smtps://ana:word@smtp.town.example",
            "smtp://ana:word@smtp.town.example:587?tls=required",
            "smtp://ana:word@127.0.0.1:2525",
            "smtp://smtp.town.example",
        ] {
            let file = format!("[mail]\nserver = \"{server}\"\nfrom = \"a@town.example\"\n");
            loaded(&file, &[]).expect(server);
        }
        let server = "[mail]\nserver = \"smtps://smtp.town.example\"\n";
        check_error(server, &[], "onrecord.toml:1: `mail.from`", None);
    }
}

//! What the places of a page said, kept beside what was chosen: a few claims a fact, the chosen one first.

use super::Said;
use crate::extract::boilerplate::bare;
use crate::model::document::{Claim, Fact, Standing, StatedMoment};

/// Claims kept of one fact.
const MAX_CLAIMS: usize = 8;
/// Characters kept of one claim.
const MAX_CHARS: usize = 300;

/// The claims about a fact in words, given the chosen one first.
pub(super) fn of_words(fact: Fact, said: &[Said<String>]) -> Vec<Claim> {
    let chosen = said.first().map(|said| bare(&said.value));
    let stated = said.iter().enumerate().map(|(at, said)| {
        let standing = match at {
            0 => Standing::Chosen,
            _ if Some(bare(&said.value)) == chosen => Standing::Agrees,
            _ => Standing::Differs,
        };
        claim(fact, &said.value, &said.method, standing)
    });
    bounded(stated)
}

/// The claims about the authors, given the chosen ones first.
pub(super) fn of_names(said: &[Said<Vec<String>>]) -> Vec<Claim> {
    let joined = said
        .iter()
        .map(|said| Said::new(said.value.join("; "), &said.method));
    of_words(Fact::Authors, &joined.collect::<Vec<_>>())
}

/// The claims about a moment; `standing` is asked about every other one.
pub(super) fn of_moments(
    fact: Fact,
    chosen: Option<&StatedMoment>,
    stated: &[StatedMoment],
    standing: impl Fn(&StatedMoment, Option<&StatedMoment>) -> Standing,
) -> Vec<Claim> {
    let of =
        |stated: &StatedMoment, standing| claim(fact, &stated.moment.to_string(), &stated.method, standing);
    let first = chosen.map(|chosen| of(chosen, Standing::Chosen));
    let others = stated
        .iter()
        .filter(|other| chosen != Some(*other))
        .map(|other| of(other, standing(other, chosen)));
    bounded(first.into_iter().chain(others))
}

fn claim(fact: Fact, value: &str, method: &str, standing: Standing) -> Claim {
    Claim {
        fact,
        value: value.chars().take(MAX_CHARS).collect(),
        method: method.to_owned(),
        standing,
    }
}

/// The first claims, none twice.
fn bounded(claims: impl Iterator<Item = Claim>) -> Vec<Claim> {
    let mut kept: Vec<Claim> = Vec::new();
    for claim in claims {
        let is_known = kept
            .iter()
            .any(|known| known.value == claim.value && known.method == claim.method);
        if !is_known {
            kept.push(claim);
        }
        if kept.len() == MAX_CLAIMS {
            break;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &[(&str, &str)], expected: &[(&str, Standing)]) {
        let said: Vec<Said<String>> = said
            .iter()
            .map(|(value, method)| Said::new((*value).to_owned(), method))
            .collect();
        let claims = of_words(Fact::Title, &said);
        let found: Vec<(&str, Standing)> = claims
            .iter()
            .map(|claim| (claim.value.as_str(), claim.standing))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_agrees_and_what_differs_is_told_apart() {
        check(
            &[
                ("Harbour ‘open’", "h1"),
                ("Harbour 'open'", "json-ld"),
                ("Harbour", "title"),
            ],
            &[
                ("Harbour ‘open’", Standing::Chosen),
                ("Harbour 'open'", Standing::Agrees),
                ("Harbour", Standing::Differs),
            ],
        );
    }

    #[test]
    fn a_page_that_says_much_is_cut_short() {
        let said: Vec<(String, String)> = (0..100)
            .map(|at| (format!("{at}"), "json-ld".to_owned()))
            .collect();
        let said: Vec<Said<String>> = said
            .into_iter()
            .map(|(value, method)| Said { value, method })
            .collect();
        assert_eq!(of_words(Fact::Section, &said).len(), MAX_CLAIMS);
    }
}

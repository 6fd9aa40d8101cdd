//! Corrections by hand: the form on a quote's page, and the list of them all with how they stand.

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use serde::Deserialize;

use super::super::api::corrections::{corrected, right, taken_back};
use super::super::desk::Desk;
use super::super::error::{self, Failure};
use super::super::guard::Granted;
use super::days::Day;
use super::{quote, unframed};
use crate::model::by_hand::{ByHand, HandCorrection};
use crate::model::id::QuoteId;
use crate::pipeline::{self, CorrectionDraft, Standing};

/// The form, sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Filled {
    pub(super) corrects: String,
    #[serde(default)]
    pub(super) to: String,
    /// Set where the name is one that nobody bears so far.
    #[serde(default)]
    pub(super) new_speaker: String,
    pub(super) why: String,
    #[serde(default)]
    pub(super) by: String,
}

/// A correction on the page of its quote.
pub(super) struct ByHandView {
    pub(super) id: String,
    pub(super) told: String,
    pub(super) why: String,
    pub(super) by: String,
    pub(super) made: Day,
}

impl ByHandView {
    pub(super) fn of(told: &ByHand) -> Self {
        Self {
            id: told.id.clone(),
            told: told.told(),
            why: told.why.clone(),
            by: told.by.clone(),
            made: Day::instant(told.made_at),
        }
    }
}

#[derive(Template)]
#[template(path = "corrections.html")]
struct CorrectionsPage {
    query: &'static str,
    corrections: Vec<CorrectionView>,
}

struct CorrectionView {
    id: String,
    words: String,
    /// Where the words are shown.
    address: String,
    /// What is right, in words.
    right: String,
    read: String,
    why: String,
    by: String,
    made: Day,
    url: String,
    /// What became of it, where it does not simply hold.
    note: Option<&'static str>,
    is_trouble: bool,
    taken_back: Option<(Day, String)>,
}

pub(super) async fn make(
    State(desk): State<Desk>,
    Extension(granted): Extension<Granted>,
    Path(id): Path<String>,
    filled: Result<Form<Filled>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(filled) = filled.map_err(|rejected| {
        Failure::bad_request(rejected.body_text(), "fill the form of the quote's page")
    })?;
    match made(&desk, &granted, &id, &filled).await {
        Ok(()) => Ok(Redirect::to(&format!("/quotes/{id}#corrections")).into_response()),
        // What is wrong with it is shown beside it, so that it can be mended there.
        Err(failure) if failure.status == StatusCode::BAD_REQUEST => {
            quote::rendered(&desk, id, filled, Some(failure)).await
        }
        Err(failure) => Err(failure),
    }
}

async fn made(desk: &Desk, granted: &Granted, id: &str, filled: &Filled) -> Result<(), Failure> {
    let draft = CorrectionDraft {
        quote: QuoteId::new(id),
        right: right(&filled.corrects, Some(&filled.to), !filled.new_speaker.is_empty())?,
        why: filled.why.clone(),
        by: granted.who(&filled.by),
    };
    corrected(desk, &draft).await.map(|_| ())
}

pub(super) async fn take_back(
    State(desk): State<Desk>,
    Extension(granted): Extension<Granted>,
    Path(id): Path<String>,
) -> Result<Redirect, Failure> {
    taken_back(&desk, &granted, &id).await?;
    Ok(Redirect::to("/corrections"))
}

pub(super) async fn page(State(desk): State<Desk>) -> Result<Response, Failure> {
    let standings = pipeline::standings(&desk.tracker, true).await?;
    let page = CorrectionsPage {
        query: "",
        corrections: standings
            .iter()
            .map(|(correction, standing)| view(correction, standing))
            .collect(),
    };
    Ok(error::page(StatusCode::OK, &page))
}

fn view(correction: &HandCorrection, standing: &Standing) -> CorrectionView {
    CorrectionView {
        id: correction.id.clone(),
        words: unframed(&correction.words).to_owned(),
        address: match standing.quote() {
            Some(quote) => format!("/quotes/{quote}"),
            None => format!("/documents/{}", correction.document),
        },
        right: pipeline::right_in_words(&correction.fix),
        read: correction.read.told.clone(),
        why: correction.why.clone(),
        by: correction.by.clone(),
        made: Day::instant(correction.made_at),
        url: correction.url.clone(),
        note: match standing {
            Standing::Earlier(_) => Some("it holds for an earlier wording; the page says something else now"),
            standing => standing.trouble(),
        },
        is_trouble: matches!(standing, Standing::Doubtful | Standing::Lost),
        taken_back: correction
            .taken_back
            .as_ref()
            .map(|(at, by)| (Day::instant(*at), by.clone())),
    }
}

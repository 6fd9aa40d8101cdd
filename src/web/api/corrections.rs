//! What people correct of what was read: made, listed and taken back.

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Path, Query as Parameters, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::desk::Desk;
use super::super::error::{Failure, JsonFailure};
use super::super::guard::Granted;
use crate::index::Searcher;
use crate::model::by_hand::{Corrected, Fix, HandCorrection, ReadThen};
use crate::model::date::When;
use crate::model::id::{DocumentId, QuoteId, RevisionId, SpeakerId};
use crate::pipeline::{self, ByHandError, CorrectionDraft, Right, Standing};

/// A correction by hand. The same object is a line of `onrecord corrections list --json`, which `corrections add --from` takes.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Correction)]
pub struct CorrectionJson {
    correction: String,
    /// How it stands: `holds`, `earlier` (for an earlier wording only), `needless` (the program reads it so by now), `doubtful` (the
    /// page was edited around the words), `lost` (no quote has them any more), or `taken_back`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    standing: Option<String>,
    /// The quote that it holds for now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    document: String,
    url: String,
    /// The revision that it was made on.
    revision: String,
    words: String,
    /// The paragraph that the words stood in.
    around: String,
    /// Which of the quotes with these words in such a paragraph it is, from 0.
    nth: usize,
    /// `speaker`, `said`, or `no_quote`.
    corrects: String,
    /// Who spoke; nothing where nobody is known, or something else is corrected.
    speaker_id: Option<String>,
    speaker: Option<String>,
    /// When it was said; nothing where the day is not known, or something else is corrected.
    said: Option<SaidJson>,
    /// What the program read then: an id or EDTF, and in words.
    read_value: Option<String>,
    read: String,
    why: String,
    by: String,
    made_at: String,
    taken_back_at: Option<String>,
    taken_back_by: Option<String>,
}

/// Days as somebody gave them.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = CorrectedDays)]
struct SaidJson {
    edtf: String,
    earliest: String,
    latest: String,
}

impl CorrectionJson {
    /// A correction and how it stands.
    pub fn of(correction: &HandCorrection, standing: Option<&Standing>) -> Self {
        let (speaker, said) = match &correction.fix {
            Fix::Speaker(speaker) => (speaker.clone(), None),
            Fix::Said(when) => (None, when.clone()),
            Fix::NoQuote => (None, None),
        };
        let (speaker_id, speaker) = speaker.unzip();
        let (taken_back_at, taken_back_by) = correction.taken_back.clone().unzip();
        Self {
            correction: correction.id.clone(),
            standing: standing.map(|standing| standing.code().to_owned()),
            quote: standing.and_then(Standing::quote).map(ToString::to_string),
            document: correction.document.to_string(),
            url: correction.url.clone(),
            revision: correction.revision.to_string(),
            words: correction.words.clone(),
            around: correction.around.clone(),
            nth: correction.nth,
            corrects: correction.fix.corrects().code().into(),
            speaker_id: speaker_id.map(|id| id.to_string()),
            speaker,
            said: said.map(|when| SaidJson {
                edtf: when.edtf,
                earliest: when.earliest.to_string(),
                latest: when.latest.to_string(),
            }),
            read_value: correction.read.value.clone(),
            read: correction.read.told.clone(),
            why: correction.why.clone(),
            by: correction.by.clone(),
            made_at: correction.made_at.to_string(),
            taken_back_at: taken_back_at.map(|at| at.to_string()),
            taken_back_by,
        }
    }

    /// The correction; the error is the field that cannot be one's.
    pub fn read(self) -> Result<HandCorrection, &'static str> {
        let said = self.said.map(SaidJson::read).transpose()?;
        // One without the other would read as nobody.
        let speaker = match (self.speaker_id, self.speaker) {
            (Some(id), Some(name)) if !id.is_empty() && !name.is_empty() => Some((SpeakerId::new(id), name)),
            (None, None) => None,
            _ => return Err("speaker"),
        };
        let taken_back_at = self.taken_back_at.map(|at| at.parse()).transpose();
        let taken_back_at = taken_back_at.map_err(|_| "taken_back_at")?;
        Ok(HandCorrection {
            // A document's id is that of its address: another one would be of another page.
            document: Some(DocumentId::derive(&self.url))
                .filter(|id| id.as_str() == self.document)
                .ok_or("document")?,
            id: Some(self.correction)
                .filter(|id| uuid::Uuid::parse_str(id).is_ok())
                .ok_or("correction")?,
            url: self.url,
            revision: RevisionId::new(self.revision),
            words: self.words,
            around: self.around,
            nth: self.nth,
            fix: match Corrected::from_code(&self.corrects).ok_or("corrects")? {
                Corrected::Speaker => Fix::Speaker(speaker),
                Corrected::Said => Fix::Said(said),
                Corrected::NoQuote => Fix::NoQuote,
            },
            read: ReadThen {
                value: self.read_value,
                told: self.read,
            },
            why: self.why,
            by: self.by,
            made_at: self.made_at.parse().map_err(|_| "made_at")?,
            taken_back: taken_back_at.zip(self.taken_back_by),
        })
    }
}

impl SaidJson {
    fn read(self) -> Result<When, &'static str> {
        Ok(When {
            edtf: self.edtf,
            earliest: self.earliest.parse().map_err(|_| "said.earliest")?,
            latest: self.latest.parse().map_err(|_| "said.latest")?,
        })
    }
}

/// A correction to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CorrectionDraft)]
pub(super) struct DraftJson {
    /// The quote's id.
    quote: String,
    /// What is wrong: `speaker`, `said`, or `no_quote`.
    corrects: String,
    /// What is right: an id of the list of speakers or a full name; a day, a month, or two days with `..` between them. Nothing where
    /// nobody who is known spoke, the day is not known, or the words are no quote.
    to: Option<String>,
    /// Whether `to` may be a name that nobody bears so far; else such a name is refused with those that are like it.
    #[serde(default)]
    new_speaker: bool,
    /// Why: what a reader of the page can look up.
    why: String,
    /// Who says so; the token's name stands beside it.
    by: Option<String>,
}

/// Which corrections are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Listed {
    /// Whether those that were taken back are listed as well.
    #[serde(default)]
    all: bool,
}

/// Every correction by hand, the newest first, with whether it still finds its quote.
#[utoipa::path(
    get,
    path = "/corrections",
    operation_id = "corrections",
    tag = "corrections",
    params(Listed),
    responses((status = 200, body = [CorrectionJson], description = "Each with how it stands"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn all(
    State(desk): State<Desk>,
    listed: Result<Parameters<Listed>, QueryRejection>,
) -> Result<Json<Vec<CorrectionJson>>, JsonFailure> {
    let Parameters(listed) =
        listed.map_err(|rejected| Failure::bad_request(rejected.body_text(), "`all` is true or false"))?;
    let standings = pipeline::standings(&desk.tracker, listed.all).await?;
    let listed = standings.iter();
    Ok(Json(
        listed
            .map(|(correction, standing)| CorrectionJson::of(correction, Some(standing)))
            .collect(),
    ))
}

/// Corrects a quote. Searches, exports and alerts tell it so from then on, and that it is corrected.
#[utoipa::path(
    post,
    path = "/corrections",
    operation_id = "correct",
    tag = "corrections",
    request_body = DraftJson,
    security(("token" = [])),
    responses((status = 201, body = CorrectionJson, description = "The correction"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn make(
    State(desk): State<Desk>,
    Extension(granted): Extension<Granted>,
    draft: Result<Json<DraftJson>, JsonRejection>,
) -> Result<(StatusCode, Json<CorrectionJson>), JsonFailure> {
    let Json(draft) = draft.map_err(|rejected| {
        let hint = "send JSON with quote, corrects, why, and perhaps to, new_speaker and by";
        Failure::bad_request(rejected.body_text(), hint)
    })?;
    let correction = made(&desk, &granted, draft).await?;
    Ok((StatusCode::CREATED, Json(CorrectionJson::of(&correction, None))))
}

async fn made(desk: &Desk, granted: &Granted, draft: DraftJson) -> Result<HandCorrection, Failure> {
    let draft = CorrectionDraft {
        quote: QuoteId::new(draft.quote),
        right: right(&draft.corrects, draft.to.as_deref(), draft.new_speaker)?,
        why: draft.why,
        by: granted.who(draft.by.as_deref().unwrap_or_default()),
    };
    corrected(desk, &draft).await
}

/// Corrects a quote, so that the next search on this desk finds it so.
pub(in crate::web) async fn corrected(
    desk: &Desk,
    draft: &CorrectionDraft,
) -> Result<HandCorrection, Failure> {
    let correction = pipeline::correct(&desk.tracker, draft).await.map_err(failure)?;
    desk.ask(Searcher::reload).await?;
    Ok(correction)
}

/// What is right, as a form or a program gives it.
pub(in crate::web) fn right(corrects: &str, to: Option<&str>, is_new: bool) -> Result<Right, Failure> {
    let to = to.map(str::trim).filter(|to| !to.is_empty()).map(str::to_owned);
    match (Corrected::from_code(corrects), to) {
        (Some(Corrected::Speaker), Some(name)) if is_new => Ok(Right::NewSpeaker(name)),
        (Some(Corrected::Speaker), to) => Ok(Right::Speaker(to)),
        (Some(Corrected::Said), to) => Ok(Right::Said(to)),
        (Some(Corrected::NoQuote), None) => Ok(Right::NoQuote),
        (Some(Corrected::NoQuote), Some(_)) => Err(Failure::bad_request(
            "words that are no quote have neither speaker nor day".into(),
            "leave out what is right of them",
        )),
        (None, _) => Err(Failure::bad_request(
            format!("`{corrects}` cannot be corrected"),
            "it is speaker, said or no_quote",
        )),
    }
}

fn failure(error: ByHandError) -> Failure {
    match error {
        ByHandError::NoQuote(_) => Failure::not_found("such quote"),
        ByHandError::Pipeline(error) => error.into(),
        ByHandError::Unknown { .. } => Failure::bad_request(
            error.to_string(),
            "say that it is a new name (`new_speaker`), if it is one",
        ),
        error => Failure::bad_request(error.to_string(), "change it and send it again"),
    }
}

/// Takes a correction back. That it was made, and who took it back, stays on record.
#[utoipa::path(
    delete,
    path = "/corrections/{id}",
    operation_id = "take_back_correction",
    tag = "corrections",
    params(("id" = String, Path, description = "The correction's id")),
    security(("token" = [])),
    responses((status = 204, description = "It is taken back"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn take_back(
    State(desk): State<Desk>,
    Extension(granted): Extension<Granted>,
    Path(id): Path<String>,
) -> Result<StatusCode, JsonFailure> {
    taken_back(&desk, &granted, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(in crate::web) async fn taken_back(desk: &Desk, granted: &Granted, id: &str) -> Result<(), Failure> {
    let is_done = pipeline::take_back(&desk.tracker, id, &granted.who(""))
        .await
        .map_err(failure)?;
    desk.ask(Searcher::reload).await?;
    Failure::unless_held(is_done.then_some(()), "such correction that holds")
}

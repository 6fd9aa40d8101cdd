//! What changed on pages that are held.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::asked;
use super::super::desk::Desk;
use super::super::error::{Failure, JsonFailure};
use super::super::happenings::{self, Asked, ChangesParameters};
use super::super::pages::{EditView, FactView, edit_views};
use super::documents::AbsentJson;
use crate::model::event::{ChangeKind, Line};
use crate::pipeline::{DayKeys, SourceKeys};
use crate::timeline::changed;

/// Changes of an answer.
const MOST: usize = 50;

/// A part of the list of changes, the one seen last first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Changes)]
pub(super) struct ChangesJson {
    changes: Vec<ChangeJson>,
    /// What to ask with as `before` for those that come behind; none at the end.
    next: Option<String>,
}

/// An edit, or that a page was not found again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Change)]
struct ChangeJson {
    /// `edited`, `absent`, or `back` of a page that was absent.
    change: &'static str,
    /// The visit that first found it so; it was so some time before.
    seen_at: String,
    /// The last visit that found it as it was before; of a page that is back, the last that did not find it.
    found_unchanged_at: Option<String>,
    document: String,
    url: String,
    title: String,
    /// The name of before for `source_id`, for one release more.
    source: String,
    #[serde(flatten)]
    publisher: SourceKeys,
    /// The wordings before and after an edit, as revisions.
    before: Option<String>,
    after: Option<String>,
    /// What may turn the meaning, in words.
    turned: Vec<String>,
    /// The same for programs.
    turned_by: Vec<TurnedJson>,
    /// What the edit did to quotes.
    quotes: Vec<ChangedQuoteJson>,
    /// What the two wordings tell otherwise: day, names, a quote taken out.
    facts: Vec<ChangedFactJson>,
    /// The corrections that the page prints of it; none where the text is too long to be compared here.
    corrections: Option<Vec<String>>,
    /// The passage that tells most, piece by piece.
    passage: Vec<ChangedPieceJson>,
    /// In how many places more the text changed.
    more: usize,
    absent: Option<AbsentJson>,
    /// The visit that found an absent page again, if one did.
    back_at: Option<String>,
}

/// A difference that may turn the meaning of a paragraph.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Turned)]
struct TurnedJson {
    /// By the names that differences of printings have (`negation`, `number`, `day` …); of a whole page `gone` or `back`.
    code: &'static str,
    /// Whether it lies outside the quotes of its paragraph.
    is_beside_quotes: bool,
}

/// What an edit did to a quote.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChangedQuote)]
struct ChangedQuoteJson {
    /// `reworded`, `given_to_another`, `taken_out` or `added`. Only the two wordings are compared: what an earlier edit had taken out
    /// is `added` here, and `put_back` in exports.
    change: &'static str,
    /// The same in words.
    told: String,
    /// The quote as it stands now; none where it was taken out.
    after: Option<QuoteSideJson>,
    /// The quote as it stood before; none where it is new.
    before: Option<QuoteSideJson>,
}

/// A quote on one side of an edit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuoteSide)]
struct QuoteSideJson {
    quote: String,
    text: String,
    speaker: Option<String>,
    speaker_id: Option<String>,
    #[serde(flatten)]
    days: DayKeys,
}

impl ChangedQuoteJson {
    fn of(line: &Line) -> Option<Self> {
        let change = line.change.as_ref()?;
        let now = line.quote.as_ref().map(|quote| QuoteSideJson {
            quote: quote.to_string(),
            text: line.text.clone(),
            speaker: line.speaker_name().map(str::to_owned),
            speaker_id: line.speaker.as_ref().map(|(id, _)| id.to_string()),
            days: DayKeys::of(change.said.as_ref()),
        });
        let before = change.before.as_ref().map(|before| QuoteSideJson {
            quote: before.quote.as_ref().map(ToString::to_string).unwrap_or_default(),
            text: before.text.clone(),
            speaker: before.speaker.clone(),
            speaker_id: before.speaker_id.as_ref().map(ToString::to_string),
            days: DayKeys::of(before.when.as_ref()),
        });
        Some(Self {
            change: change.kind.code(),
            told: changed::what(change, line),
            after: now.filter(|_| change.kind != ChangeKind::TakenOut),
            before,
        })
    }
}

/// A fact that an edit changed; empty where a side tells none.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChangedFact)]
struct ChangedFactJson {
    /// What it is, in words, and for programs: `published`, `authors`, `deadline_moved`, `day_moved`,
    /// `deadline` (that only one side names), `said`, `given_to_another` or `taken_out`.
    fact: &'static str,
    code: &'static str,
    before: String,
    after: String,
    /// The same for programs: a moment as the page has it, names, days as EDTF, or the id of who spoke.
    before_values: Vec<String>,
    after_values: Vec<String>,
    /// The quote that it is of, on both sides.
    before_quote: Option<String>,
    after_quote: Option<String>,
}

/// A piece of a passage: `removed`, `added` or `kept`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChangedPiece)]
struct ChangedPieceJson {
    change: &'static str,
    text: String,
}

/// What changed on pages that are held: edits, pages that were not found again, and those that were after all; what was seen last comes first.
#[utoipa::path(
    get,
    path = "/changes",
    tag = "evidence",
    params(ChangesParameters),
    responses((status = 200, body = ChangesJson, description = "A part of the list, and where it goes on"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn changes(
    State(desk): State<Desk>,
    parameters: Result<Query<ChangesParameters>, QueryRejection>,
) -> Result<Json<ChangesJson>, JsonFailure> {
    let Query(parameters) =
        parameters.map_err(|rejected| asked::unreadable(&rejected, happenings::PARAMETERS))?;
    let (listed, next) = Asked::of(&desk, &parameters)?.listed(&desk, MOST).await?;
    let views = edit_views(&desk, listed).await?;
    Ok(Json(ChangesJson {
        changes: views.into_iter().map(ChangeJson::of).collect(),
        next: next.map(|place| place.to_string()),
    }))
}

fn fact_json(fact: FactView) -> ChangedFactJson {
    let [before, after] = fact.sides;
    ChangedFactJson {
        fact: fact.name,
        code: fact.code,
        before: fact.before,
        after: fact.after,
        before_values: before.values,
        after_values: after.values,
        before_quote: before.quote.map(|quote| quote.to_string()),
        after_quote: after.quote.map(|quote| quote.to_string()),
    }
}

impl ChangeJson {
    fn of(view: EditView) -> Self {
        let (before, after) = view
            .wordings
            .map(|(before, after)| (before.to_string(), after.to_string()))
            .unzip();
        Self {
            change: match &view.absence {
                Some(absence) if absence.is_back => "back",
                Some(_) => "absent",
                None => "edited",
            },
            seen_at: view.seen_at.to_string(),
            found_unchanged_at: view.held_at.map(|at| at.to_string()),
            document: view.document.id.to_string(),
            publisher: SourceKeys::of(&view.document.source, &view.source_name),
            source: view.document.source.to_string(),
            url: view.document.url,
            title: view.title,
            before,
            after,
            turned_by: (view.turned.iter())
                .map(|turned| TurnedJson {
                    code: turned.code,
                    is_beside_quotes: turned.is_beside_quotes,
                })
                .collect(),
            turned: view.turned.into_iter().map(|turned| turned.told).collect(),
            quotes: view.quotes.iter().filter_map(ChangedQuoteJson::of).collect(),
            facts: view.facts.into_iter().map(fact_json).collect(),
            corrections: view.corrections,
            passage: (view.pieces.into_iter())
                .map(|piece| ChangedPieceJson {
                    change: match piece.element {
                        "del" => "removed",
                        "ins" => "added",
                        _ => "kept",
                    },
                    text: piece.text + piece.gap,
                })
                .collect(),
            more: view.more,
            back_at: (view.absence.as_ref())
                .and_then(|absence| absence.back_at)
                .map(|at| at.to_string()),
            absent: view.absence.map(|absence| AbsentJson::from(absence.told)),
        }
    }
}

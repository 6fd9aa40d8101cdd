//! Who is quoted.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::asked;
use super::super::desk::Desk;
use super::super::error::{Failure, JsonFailure};
use super::super::people::{self, Listed, Profile};
use crate::index::CountedBy;
use crate::model::date::When;
use crate::model::speaker::{Office, Speaker, SpeakerKind};

/// Speakers of an answer, where it is not said how many …
const USUAL: usize = 100;
/// … and at most.
const MOST: usize = 1000;

/// What the list is asked with.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SpeakersParameters {
    /// A name or a part of one, whatever its case and accents; any of a speaker's names counts.
    #[serde(default)]
    name: String,
    /// Speakers to pass over.
    #[serde(default)]
    offset: usize,
    /// Speakers of this answer, 100 where nothing is said and at most 1,000.
    limit: Option<usize>,
}

/// A part of the list of speakers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Speakers)]
pub(super) struct SpeakersJson {
    /// How many there are of that name.
    total: usize,
    offset: usize,
    speakers: Vec<ListedJson>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ListedSpeaker)]
struct ListedJson {
    speaker: String,
    name: String,
    /// Whether `config/speakers.toml` has an entry; others are known by the printed name only.
    is_known: bool,
    /// The office held last.
    office: Option<String>,
    /// How many quotes are theirs, reported clauses included.
    quotes: u64,
    said: Option<SaidJson>,
}

/// The first and the last days on which somebody said something, in EDTF: a day, a month or year, an interval or a
/// season, as the text tells it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SaidBetween)]
struct SaidJson {
    first: String,
    last: String,
}

/// A speaker: names, offices by time, and how many quotes are of which month and printed by whom.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Speaker)]
pub(super) struct SpeakerJson {
    speaker: String,
    name: String,
    /// `person` or `body`, where it is known.
    kind: Option<&'static str>,
    is_known: bool,
    /// Other configured names.
    aliases: Vec<String>,
    /// Other names that quotes print, in the latest 200 quotes, the most frequent first.
    printed: Vec<TallyJson>,
    /// Offices, the latest first.
    offices: Vec<OfficeJson>,
    /// Who holds or held an office of this body, the latest first.
    members: Vec<MemberJson>,
    quotes: usize,
    said: Option<SaidJson>,
    /// Quotes of each month that has any, oldest first.
    months: Vec<TallyJson>,
    /// Who quotes them: sources with the most quotes first.
    sources: Vec<TallyJson>,
    /// The query for all their quotes, for `/search`, `/timeline` and `/export`.
    query: String,
}

/// How many quotes are of a month, printed by a source, or under a name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tally)]
struct TallyJson {
    value: String,
    count: u64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Office)]
struct OfficeJson {
    title: String,
    /// The id and the name of the body it belongs to.
    of: Option<String>,
    of_name: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Member)]
struct MemberJson {
    speaker: String,
    name: String,
    title: String,
    from: Option<String>,
    to: Option<String>,
}

/// Everybody who is quoted, those with the most quotes first.
#[utoipa::path(
    get,
    path = "/speakers",
    operation_id = "speakers",
    tag = "speakers",
    params(SpeakersParameters),
    responses((status = 200, body = SpeakersJson, description = "A part of the list"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn all(
    State(desk): State<Desk>,
    parameters: Result<Query<SpeakersParameters>, QueryRejection>,
) -> Result<Json<SpeakersJson>, JsonFailure> {
    let Query(given) = parameters
        .map_err(|rejected| asked::unreadable(&rejected, "parameters are name, offset and limit"))?;
    let listed = people::listed(&desk, &given.name).await?;
    let limit = given.limit.unwrap_or(USUAL).min(MOST);
    let shown = listed.iter().skip(given.offset).take(limit);
    Ok(Json(SpeakersJson {
        total: listed.len(),
        offset: given.offset,
        speakers: shown.map(listed_json).collect(),
    }))
}

/// A speaker: names, offices by time, counts by month, and who quotes them.
#[utoipa::path(
    get,
    path = "/speakers/{id}",
    operation_id = "speaker",
    tag = "speakers",
    params(("id" = String, Path, description = "The speaker's id, as hits and the list have it")),
    responses((status = 200, body = SpeakerJson, description = "The speaker"), (status = "default", body = Failure, description = "What was wrong"))
)]
pub(super) async fn one(
    State(desk): State<Desk>,
    Path(id): Path<String>,
) -> Result<Json<SpeakerJson>, JsonFailure> {
    Ok(Json(speaker_json(people::profile(&desk, id).await?)))
}

fn listed_json(listed: &Listed<'_>) -> ListedJson {
    ListedJson {
        speaker: listed.row.id.to_string(),
        name: listed.name().to_string(),
        is_known: listed.known.is_some(),
        office: listed.office().map(|office| office.title.clone()),
        quotes: listed.row.quotes,
        said: listed.row.said.as_ref().map(said_json),
    }
}

fn said_json((first, last): &(When, When)) -> SaidJson {
    SaidJson {
        first: first.edtf.clone(),
        last: last.edtf.clone(),
    }
}

fn tallies(counts: impl IntoIterator<Item = (String, u64)>) -> Vec<TallyJson> {
    let counts = counts.into_iter();
    counts.map(|(value, count)| TallyJson { value, count }).collect()
}

fn speaker_json(profile: Profile<'_>) -> SpeakerJson {
    let printed = profile.printed.into_iter();
    let facets = profile.counted.facets.into_iter();
    let sources = facets.filter(|facet| facet.by == CountedBy::Source);
    let sources = sources.flat_map(|facet| facet.values);
    SpeakerJson {
        speaker: profile.id.to_string(),
        kind: profile.known.map(|speaker| match speaker.kind {
            SpeakerKind::Person => "person",
            SpeakerKind::Body => "body",
        }),
        is_known: profile.known.is_some(),
        aliases: profile
            .known
            .map(|speaker| speaker.aliases.clone())
            .unwrap_or_default(),
        printed: tallies(printed.map(|(name, count)| (name, count as u64))),
        offices: profile.offices.into_iter().map(office_json).collect(),
        members: profile.members.into_iter().map(member_json).collect(),
        quotes: profile.quotes,
        said: profile.said.as_ref().map(said_json),
        months: tallies(profile.counted.months),
        sources: tallies(sources.map(|value| (value.name, value.count))),
        query: profile.text,
        name: profile.name,
    }
}

fn office_json((office, body): (&Office, Option<&Speaker>)) -> OfficeJson {
    OfficeJson {
        title: office.title.clone(),
        of: office.of.as_ref().map(ToString::to_string),
        of_name: body.map(|body| body.name.clone()),
        from: office.from.map(|day| day.to_string()),
        to: office.to.map(|day| day.to_string()),
    }
}

fn member_json((office, person): (&Office, &Speaker)) -> MemberJson {
    MemberJson {
        speaker: person.id.to_string(),
        name: person.name.clone(),
        title: office.title.clone(),
        from: office.from.map(|day| day.to_string()),
        to: office.to.map(|day| day.to_string()),
    }
}

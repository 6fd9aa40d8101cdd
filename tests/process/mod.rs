//! Faults of the process and its surroundings, played against the real program: the clock, the disk, the database,
//! names, certificates, kills, size. [`CASES`] says which case of the shared list each of them plays.

#[cfg(target_os = "linux")]
mod archive;
#[cfg(target_os = "linux")]
mod clock;
mod configuration;
#[cfg(target_os = "linux")]
mod disk;
mod evidence;
#[cfg(target_os = "linux")]
mod names;
mod rows;
mod sites;
mod tls;

use crate::{crash, pipeline};

/// A case and the test that plays it.
pub(crate) type ProcessCase = (&'static str, fn());

/// The cases of the shared list that are no page of its server.
pub(crate) const CASES: &[ProcessCase] = &[
    (
        "kill9-mid-crawl",
        crash::a_kill_at_any_moment_loses_no_committed_capture_and_the_next_start_goes_on,
    ),
    (
        "sigterm",
        crash::ctrl_c_ends_cleanly_with_what_was_fetched_on_record,
    ),
    (
        "kill9-during-warc-write",
        rows::a_record_torn_by_a_kill_is_set_aside_and_the_crawl_goes_on,
    ),
    (
        "power-loss-fsync",
        rows::a_kill_between_archive_and_rows_loses_nothing,
    ),
    ("db-locked", rows::a_database_that_others_lock_is_waited_for),
    (
        "overlap",
        sites::a_run_longer_than_its_interval_does_not_start_twice,
    ),
    (
        "one-slow-host",
        sites::one_host_that_hangs_does_not_hold_up_nineteen_others,
    ),
    #[cfg(target_os = "linux")]
    (
        "million-urls-one-host",
        sites::addresses_by_the_hundred_thousand_stay_on_disk,
    ),
    (
        "recrawl-unchanged",
        sites::a_second_crawl_of_what_did_not_change_costs_next_to_nothing,
    ),
    (
        "recrawl-10pct-edited",
        sites::a_tenth_edited_is_a_tenth_of_new_revisions,
    ),
    ("dead-sitemaps", sites::sitemaps_that_rotate_do_not_pile_up),
    ("tls-selfsigned", tls::a_certificate_that_nobody_signed_is_refused),
    (
        "schedule-existing-url",
        pipeline::a_known_page_is_asked_for_again_when_it_is_due,
    ),
    (
        "same-host-many-sources",
        pipeline::two_sources_of_one_host_share_its_pace,
    ),
    #[cfg(target_os = "linux")]
    (
        "disk-full-archive",
        disk::a_full_disk_under_the_archive_is_waited_out,
    ),
    #[cfg(target_os = "linux")]
    ("disk-full-db", disk::a_full_disk_under_the_rows_is_waited_out),
    #[cfg(target_os = "linux")]
    ("clock-jump", clock::a_clock_that_jumps_makes_no_storm),
    #[cfg(target_os = "linux")]
    (
        "dst-spring-autumn",
        clock::a_pattern_fires_once_on_the_days_the_clock_is_changed,
    ),
    #[cfg(target_os = "linux")]
    (
        "missed-schedule",
        clock::times_missed_while_nobody_was_there_are_made_up_for_once,
    ),
    #[cfg(target_os = "linux")]
    (
        "feed-burst",
        clock::a_feed_is_asked_as_often_as_it_brings_something,
    ),
    #[cfg(target_os = "linux")]
    (
        "stall-alarm",
        clock::a_queue_that_does_not_move_is_told_with_the_reason,
    ),
    #[cfg(target_os = "linux")]
    ("source-dead-alarm", clock::a_source_that_falls_silent_is_flagged),
    #[cfg(target_os = "linux")]
    (
        "dns-fail-one-host",
        names::a_name_that_is_gone_troubles_nobody_else,
    ),
    #[cfg(target_os = "linux")]
    (
        "dns-rebind",
        names::a_name_that_changes_its_address_is_checked_each_time,
    ),
];

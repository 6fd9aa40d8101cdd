//! What is told of days and deadlines that an edit of a page moved.

use serde_json::Value;

use crate::served::serve;
use crate::support::demo::string;
use crate::support::site::Site;
use crate::support::{Workspace, text};

const MEETING: &str = "The council of Harbor Falls met to speak about the ferry, which has not run since the storm of \
    last winter took away the landing.";

#[test]
fn a_deadline_that_moved_is_told_with_both_days_though_its_new_one_stands_elsewhere_too() {
    // Far ahead: what had passed when the edit is seen is not moved.
    let until = |day: &str| format!("Comments on the plan may be sent until {day}, 2086.");
    let filed = "Applications for a berth must be filed by April 3, 2086.";
    let vote = |day: &str| format!("The council is to vote on the plan on {day}, 2086.");
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    let put = |paragraphs: &[&str]| site.put_page("/one", "Plan for the pier", "2026-02-04", paragraphs);
    put(&[MEETING, &until("March 27"), filed, &vote("April 9")]);
    let workspace = Workspace::new();
    workspace.write(
        "config/sources/herald.toml",
        &site.feed_source("The Harbor Herald", "/feed.xml"),
    );
    workspace.crawl(&[]);
    workspace.run(0, &["searches", "add", "everything", "", "--kind", "all"]);
    put(&[MEETING, &until("April 3"), filed, &vote("April 10")]);
    workspace.crawl(&["--revisit"]);
    let rows = workspace.lines(0, &["export", "jsonl", "--changes", "--kind", "dates", ""]);
    let rows = rows.iter().filter(|row| row["kind"] == "changed");
    let mut rows: Vec<[String; 3]> = rows
        .map(|row| ["change", "edtf_before", "edtf_after"].map(|key| string(&row[key])))
        .collect();
    rows.sort();
    let moved = [
        ["day_moved", "2086-04-09", "2086-04-10"],
        ["deadline_moved", "2086-03-27", "2086-04-03"],
    ];
    assert_eq!(rows, moved.map(|it| it.map(str::to_owned)));
    let alerts = workspace.lines(0, &["searches", "alerts", "everything", "--json"]);
    let items = alerts[0]["items"].as_array().expect("items").iter();
    let dates = items.filter(|item| item["kind"] == "date");
    let mut dates: Vec<[String; 3]> = dates
        .map(|item| ["change", "day_before", "day"].map(|key| string(&item[key])))
        .collect();
    dates.sort();
    let moved = [
        ["changed", "2086-03-27", "2086-04-03"],
        ["changed", "2086-04-09", "2086-04-10"],
    ];
    assert_eq!(dates, moved.map(|it| it.map(str::to_owned)));
    let told = text(&workspace.run(0, &["searches", "alerts", "everything"]).stdout);
    assert!(
        told.contains("deadline 3 April 2086, before 27 March 2086"),
        "{told}"
    );
    assert!(told.contains("of 10 April 2086, before 9 April 2086"), "{told}");
    let desk = serve(site, workspace);
    let told = desk.json("/api/v1/changes", 200)["changes"][0].clone();
    let facts = told["facts"].as_array().expect("facts").iter();
    let facts: Vec<[Value; 3]> = facts
        .map(|fact| {
            [
                fact["code"].clone(),
                fact["before_values"][0].clone(),
                fact["after_values"][0].clone(),
            ]
        })
        .collect();
    let moved = [
        ["deadline_moved", "2086-03-27", "2086-04-03"],
        ["day_moved", "2086-04-09", "2086-04-10"],
    ];
    assert_eq!(facts, moved.map(|it| it.map(Value::from)));
}

#[test]
fn a_list_of_hearings_that_goes_on_moves_none_of_them() {
    let hearings =
        |days: [&str; 3]| days.map(|day| format!("A hearing on the plan is to be held on {day}, 2086."));
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    let put = |[one, two, three]: [String; 3]| {
        site.put_page(
            "/one",
            "Plan for the pier",
            "2026-02-04",
            &[MEETING, &one, &two, &three],
        );
    };
    put(hearings(["March 4", "March 11", "March 18"]));
    let workspace = Workspace::new();
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    workspace.run(0, &["searches", "add", "everything", "", "--kind", "dates"]);
    put(hearings(["March 11", "March 18", "March 25"]));
    workspace.crawl(&["--revisit"]);
    let rows = workspace.lines(0, &["export", "jsonl", "--changes", "--kind", "dates", ""]);
    assert!(rows.iter().all(|row| row["kind"] != "changed"), "{rows:?}");
    let alerts = workspace.lines(0, &["searches", "alerts", "everything", "--json"]);
    let items = alerts[0]["items"].as_array().expect("items").iter();
    let mut told: Vec<[String; 2]> = items
        .map(|item| ["change", "day"].map(|key| string(&item[key])))
        .collect();
    told.sort();
    let expected = [["new", "2086-03-25"], ["taken_out", "2086-03-04"]];
    assert_eq!(told, expected.map(|it| it.map(str::to_owned)));
}

#[test]
fn the_days_of_a_long_page_do_not_push_its_quotes_out_of_the_timeline() {
    let said = |season: &str| {
        format!(
            "“The landing will be rebuilt before the {season},” said Mayor Ana Lima on Tuesday, in the rain."
        )
    };
    let trips = |boat: usize| {
        let day = |day: usize| {
            format!(
                "Boat {boat} carried {} people on February {day}, 2026. ",
                7 * boat + day
            )
        };
        (1..=20).map(day).collect::<String>()
    };
    let trips: Vec<String> = (1..=60).map(trips).collect();
    let site = Site::new();
    site.put_feed("/feed.xml", &["/one"]);
    let put = |season: &str| {
        let said = said(season);
        let all = [MEETING, said.as_str()].into_iter();
        let all: Vec<&str> = all.chain(trips.iter().map(String::as_str)).collect();
        site.put_page("/one", "Landing to be rebuilt", "2026-03-04", &all);
    };
    put("summer");
    let workspace = Workspace::new();
    let source = site.feed_source("The Harbor Herald", "/feed.xml");
    workspace.write("config/sources/herald.toml", &source);
    workspace.crawl(&[]);
    put("autumn");
    workspace.crawl(&["--revisit"]);
    let desk = serve(site, workspace);
    let told = |kind: &str| {
        let asked = format!("/api/v1/timeline?q=landing+OR+boat&kind={kind}&changes=yes");
        let timeline = desk.json(&asked, 200);
        let events = timeline["events"].as_array().expect("events").clone();
        let evidence = events
            .iter()
            .flat_map(|event| event["evidence"].as_array().expect("evidence"));
        let changes = evidence.filter_map(|line| line["change"]["change"].as_str());
        let changes: Vec<String> = changes.map(str::to_owned).collect();
        let is_said = timeline["notices"].to_string().contains("too many days");
        (changes, is_said)
    };
    assert_eq!(told("quotes"), (vec!["reworded".to_owned()], false));
    assert_eq!(told("all"), (vec!["reworded".to_owned()], true));
}

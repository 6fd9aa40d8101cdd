//! Cases in which it matters what the host sees over time: refusals and how long it is then left alone, failures and
//! when they are tried again, ten who come at once.

use super::{BASE, announced, expect, hits, outcomes};
use crate::support::altered::World;
use crate::support::faulty::{FaultSite, answer, article, page, send};
use crate::support::site::Site;
use crate::support::{Workspace, json_lines, text};

type HostCase = (&'static str, fn() -> Result<(), String>);

pub(super) const CASES: [HostCase; 10] = [
    ("r429-seconds", || quiet_for_three_seconds("r429-seconds")),
    ("r429-date", || quiet_for_three_seconds("r429-date")),
    ("r429-forever", refused_for_ever),
    ("r503-retry-huge", asked_for_thirty_years),
    ("r503-retry-garbage", || tried_again("r503-retry-garbage", 3)),
    ("r500-then-ok", || tried_again("r500-then-ok", 3)),
    ("forbidden-403", forbidden),
    ("slow-5s", slow),
    ("not-found-404", not_found),
    ("robots-redirect5", ten_at_once),
];

const HOUR: i64 = 3600;

/// Crawls at a time of day so many seconds ahead.
fn crawl(world: &World, workspace: &Workspace, ahead: i64) -> Result<(), String> {
    world.wind(ahead);
    let output = world
        .around(workspace.command(&["crawl", "--once"]))
        .output()
        .expect("it runs");
    match output.status.success() {
        true => Ok(()),
        false => Err(text(&output.stderr)),
    }
}

fn wanted(outcome: &str) -> [String; 1] {
    [outcome.to_string()]
}

/// Seconds from now until the one page is due.
fn pause(workspace: &Workspace) -> Result<i64, String> {
    let planned = json_lines(&workspace.run(0, &["schedule", "--json"]).stdout);
    let page = planned.iter().find(|task| task["role"] == "page");
    let due = page.and_then(|page| page["due_at"].as_str()?.parse::<jiff::Timestamp>().ok());
    let due = due.ok_or("no page is planned")?;
    Ok(due.as_second() - jiff::Timestamp::now().as_second())
}

/// The page refuses twice and asks for three seconds; another page of the host is due at the same time.
fn quiet_for_three_seconds(id: &str) -> Result<(), String> {
    let paths = [format!("/{id}"), format!("/z-{id}")];
    let (_site, workspace) = announced(BASE, &paths, "3s");
    let world = World::new();
    // Twice at once: the second crawl comes within the three seconds, or the first has waited them out.
    crawl(&world, &workspace, 0)?;
    crawl(&world, &workspace, 0)?;
    let mut times: Vec<f64> = paths.iter().flat_map(|path| hits(0, path)).collect();
    times.sort_by(f64::total_cmp);
    let refused = hits(0, &paths[0]);
    for refusal in &refused {
        // A date has whole seconds: the three may be two and a little.
        let soon = times
            .iter()
            .find(|time| **time > *refusal && **time < *refusal + 2.0);
        if let Some(soon) = soon {
            return Err(format!("asked again {:.2} s after a refusal", soon - refusal));
        }
    }
    let mut ahead = 0;
    // The other page may have been found unchanged meanwhile.
    while outcomes(&workspace).contains(&"blocked".to_string()) {
        ahead += HOUR;
        if ahead > 6 * HOUR {
            return Err(format!("no success after {} requests", hits(0, &paths[0]).len()));
        }
        crawl(&world, &workspace, ahead)?;
    }
    Ok(())
}

fn refused_for_ever() -> Result<(), String> {
    let (_site, workspace) = announced(BASE, &["/r429-forever".to_string()], "3s");
    let world = World::new();
    // Asked every quarter of an hour over a day, as a crawl that runs would.
    for quarter in 0..24 {
        crawl(&world, &workspace, quarter * HOUR / 4)?;
    }
    crawl(&world, &workspace, 24 * HOUR)?;
    expect("the visit ended as", &wanted("blocked"), &outcomes(&workspace))?;
    let asked = hits(0, "/r429-forever").len();
    match asked {
        2..=8 => Ok(()),
        _ => Err(format!("asked {asked} times in a day")),
    }
}

fn asked_for_thirty_years() -> Result<(), String> {
    let (_site, workspace) = announced(BASE, &["/r503-retry-huge".to_string()], "3s");
    crawl(&World::new(), &workspace, 0)?;
    expect(
        "the visit ended as",
        &wanted("server_error"),
        &outcomes(&workspace),
    )?;
    let days = pause(&workspace)? / (24 * HOUR);
    if days > 31 {
        return Err(format!("due in {days} days"));
    }
    let asked = hits(0, "/r503-retry-huge").len();
    (asked == 1)
        .then_some(())
        .ok_or_else(|| format!("asked {asked} times"))
}

/// A page that fails at first is tried again after a pause, and then held.
fn tried_again(id: &str, most: usize) -> Result<(), String> {
    let path = format!("/{id}");
    let (_site, workspace) = announced(BASE, std::slice::from_ref(&path), "3s");
    let world = World::new();
    crawl(&world, &workspace, 0)?;
    expect(
        "the first visit ended as",
        &wanted("server_error"),
        &outcomes(&workspace),
    )?;
    // Not at once.
    crawl(&world, &workspace, 0)?;
    if hits(0, &path).len() != 1 {
        return Err("tried again at once".to_string());
    }
    for hour in 1..=4 {
        if outcomes(&workspace) == wanted("server_error") {
            crawl(&world, &workspace, hour * HOUR)?;
        }
    }
    expect(
        "the last visit ended as",
        &wanted("changed"),
        &outcomes(&workspace),
    )?;
    let asked = hits(0, &path).len();
    (asked <= most)
        .then_some(())
        .ok_or_else(|| format!("asked {asked} times"))
}

/// Whoever is forbidden one page leaves the host alone for a while, whatever else is due there. The robots.txt of
/// the shared server forbids the page of this case, so a site of our own plays it.
fn forbidden() -> Result<(), String> {
    let site = FaultSite::start(|asked| {
        send(match asked.target.as_str() {
            "/robots.txt" => answer("404 Not Found", &[], ""),
            "/forbidden" => answer("403 Forbidden", &[], "no"),
            target => page(article(target, "The ferry will run, said the harbor master")),
        })
    });
    let paths = ["/forbidden", "/later-1", "/later-2"].map(String::from);
    let (_site, workspace) = announced(site.port(), &paths, "3s");
    crawl(&World::new(), &workspace, 0)?;
    let found = outcomes(&workspace);
    if !found.contains(&"blocked".to_string()) || found.iter().any(|one| one == "gone" || one == "not_found")
    {
        return Err(format!("the visits ended as {found:?}"));
    }
    let log = site.log();
    let refused = log.iter().position(|asked| asked.target == "/forbidden");
    let refused = refused.ok_or("it was not asked for")?;
    match log.get(refused + 1).map(|next| next.at - log[refused].at) {
        Some(pause) if pause.as_secs() < 1 => Err(format!("the host was asked again after {pause:?}")),
        _ => Ok(()),
    }
}

/// A host that takes five seconds is asked less often than its pace would allow.
fn slow() -> Result<(), String> {
    let paths = ["/slow-5s", "/z-slow"].map(String::from);
    let (_site, workspace) = announced(BASE, &paths, "9s");
    crawl(&World::new(), &workspace, 0)?;
    expect("the visits ended as", &wanted("changed"), &outcomes(&workspace))?;
    let (slow, next) = (hits(0, &paths[0]), hits(0, &paths[1]));
    let pause = next.first().ok_or("the other page was not asked for")? - slow[0] - 5.0;
    (pause >= 1.0)
        .then_some(())
        .ok_or_else(|| format!("the next request came {pause:.2} s after the answer"))
}

/// A page that was never there is asked for again, less and less often, before it counts as missing.
fn not_found() -> Result<(), String> {
    let (_site, workspace) = announced(BASE, &["/not-found-404".to_string()], "3s");
    let world = World::new();
    crawl(&world, &workspace, 0)?;
    expect("the visit ended as", &wanted("not_found"), &outcomes(&workspace))?;
    let first = pause(&workspace)?;
    if first > 2 * 24 * HOUR {
        return Err(format!(
            "due in {} days after one answer of 404",
            first / 24 / HOUR
        ));
    }
    crawl(&world, &workspace, first + HOUR)?;
    let second = pause(&workspace)? - first - HOUR;
    (second > first)
        .then_some(())
        .ok_or_else(|| format!("a pause of {first} s and then one of {second} s"))
}

/// Ten hosts send us to one whose robots.txt stands behind five redirects and forbids everything.
fn ten_at_once() -> Result<(), String> {
    let gate = format!("http://127.0.0.1:{}", BASE + 9);
    let lists = Site::new();
    let workspace = Workspace::new();
    let doors: Vec<Site> = (0..10).map(|_| Site::new()).collect();
    for (number, door) in doors.iter().enumerate() {
        door.redirect("/door", &format!("{gate}/behind-{number}"));
        let path = format!("/{number}.txt");
        lists.put(
            &path,
            200,
            "text/plain",
            format!("{}\n{gate}/own-{number}\n", door.url("/door")),
        );
        workspace.write(
            &format!("config/sources/door{number}.toml"),
            &format!(
                "name = \"Door {number}\"\nkind = \"news\"\nhome = \"{gate}/\"\nallow_private = true\n\
                 [[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n[[channel]]\nkind = \"sitemap\"\nurl = \"{}\"\n",
                lists.url(&path),
                door.url("/none.txt")
            ),
        );
    }
    workspace.crawl(&[]);
    if let Some(door) = doors.iter().position(|door| door.asked("/door") == 0) {
        return Err(format!("door {door} was not tried"));
    }
    let passed = (0..10)
        .flat_map(|number| [format!("/behind-{number}"), format!("/own-{number}")])
        .filter(|path| !hits(9, path).is_empty())
        .count();
    (passed == 0)
        .then_some(())
        .ok_or_else(|| format!("{passed} requests were let through"))
}

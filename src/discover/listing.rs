//! Listing pages: HTML in which a source lists what it published.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::{MAX_ANNOUNCEMENTS, Unreadable, address, one_line};
use crate::model::moment::Moment;
use crate::model::source::{Announcement, ListingPages, ListingRules};
use crate::text::{bounds, moments};

const DEFAULT_LINK: &str = "a[href]";
const DEFAULT_DATE: &str = "time";
const DEFAULT_NEXT: &str = "a[rel~=next], link[rel~=next]";
/// Where a page keeps what it is about, for sources without rules.
const MAIN: &str = "main, [role=main]";
/// What leads around a site and not to its news.
const AROUND: [&str; 4] = ["nav", "header", "footer", "aside"];

/// Elements around a link that may be its item.
const ITEM_DEPTH: usize = 4;
/// The most text of a line of a list: headline, day and a summary.
const ITEM_BYTES: usize = 400;

/// What a listing page announces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The announced documents, each once, in the order of the page.
    pub items: Vec<Announcement>,
    /// The page that goes on where this one ends.
    pub next: Option<Url>,
}

/// What is wrong with a CSS selector, if anything is.
pub fn selector_error(selector: &str) -> Option<String> {
    let reason = Selector::parse(selector).err()?.to_string();
    // What the parser of selectors knows no words for it calls an error to be reported to its makers.
    Some(match reason.contains("DanglingCombinator") {
        true => "a combinator (`>`, `+`, `~`) has no element on one of its sides".into(),
        false => reason,
    })
}

/// The address of the page that lies `ahead` pages behind a listing's first one, where it has a template.
pub fn page_address(pages: &ListingPages, ahead: u32) -> Option<Url> {
    let number = pages.first.saturating_add(ahead).to_string();
    Url::parse(&pages.template.replace("{page}", &number)).ok()
}

/// Reads a listing page after a source's rules, or without any: then every link in the main part of
/// the page that does not stand in its navigation.
pub fn read(html: &str, base: &Url, rules: &ListingRules) -> Result<Listing, Unreadable> {
    if html.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    let selectors = Selectors::of(rules)?;
    let page = Html::parse_document(&bounds::bound(html).html);
    let base = base_of(&page, base);
    let items = match &selectors.item {
        Some(item) => page
            .select(item)
            .filter_map(|item| selectors.announcement(item, &base))
            .collect(),
        None => selectors.loose_links(&page, &base),
    };
    let next = (page.select(&selectors.next)).find_map(|link| address(&base, link.attr("href")?));
    Ok(Listing {
        items: each_once(items),
        next,
    })
}

/// Whether an element is a line of a list with a day in it, and no paragraph that speaks of one.
fn is_dated_item(element: ElementRef<'_>, date: &Selector) -> bool {
    let letters: usize = element.text().map(|text| text.trim().len()).sum();
    let mut pieces = element.text().map(str::trim);
    letters <= ITEM_BYTES
        && (element.select(date).find_map(moment).is_some()
            || pieces.any(|words| moments::find(words, None).is_some()))
}

/// How many addresses a page without rules lists with a day beside each: in an element that holds no other link.
pub fn dated_links(html: &str, base: &Url) -> usize {
    let page = Html::parse_document(&bounds::bound(html).html);
    let base = base_of(&page, base);
    let Ok(selectors) = Selectors::of(&ListingRules::default()) else {
        return 0;
    };
    // Counted once from the links outwards: looked for in every element around every link, many of them beside much else would
    // cost their product.
    let mut links_in: HashMap<NodeId, usize> = HashMap::new();
    for around in page.select(&selectors.link).flat_map(|link| link.ancestors()) {
        *links_in.entry(around.id()).or_default() += 1;
    }
    let links = selectors.links_of_main(&page);
    let dated = links.filter(|link| {
        let outer = link.ancestors().filter_map(ElementRef::wrap).take(ITEM_DEPTH);
        let mut alone = outer.take_while(|element| links_in.get(&element.id()) == Some(&1));
        alone.any(|element| is_dated_item(element, &selectors.date))
    });
    let addresses: HashSet<Url> = dated
        .filter_map(|link| address(&base, link.attr("href")?))
        .collect();
    addresses.len()
}

struct Selectors {
    item: Option<Selector>,
    link: Selector,
    has_link_rule: bool,
    title: Option<Selector>,
    date: Selector,
    next: Selector,
}

impl Selectors {
    fn of(rules: &ListingRules) -> Result<Self, Unreadable> {
        let optional = |rule: &Option<String>| rule.as_deref().map(parse).transpose();
        let or_default = |rule: &Option<String>, default| parse(rule.as_deref().unwrap_or(default));
        Ok(Self {
            item: optional(&rules.item)?,
            link: or_default(&rules.link, DEFAULT_LINK)?,
            has_link_rule: rules.link.is_some(),
            title: optional(&rules.title)?,
            date: or_default(&rules.date, DEFAULT_DATE)?,
            next: or_default(&rules.next, DEFAULT_NEXT)?,
        })
    }

    /// What an item announces: its first link that leads anywhere. The item may be the link itself.
    fn announcement(&self, item: ElementRef<'_>, base: &Url) -> Option<Announcement> {
        let itself = self.link.matches(&item).then_some(item);
        let mut links = itself.into_iter().chain(item.select(&self.link));
        let (link, url) = links.find_map(|link| Some((link, address(base, link.attr("href")?)?)))?;
        let title = match &self.title {
            Some(title) => item.select(title).next(),
            None => Some(link),
        };
        Some(Announcement {
            url,
            title: title.and_then(text),
            published: item.select(&self.date).find_map(moment),
            modified: None,
            guid: None,
        })
    }

    /// The links of a page whose items nobody described.
    fn loose_links(&self, page: &Html, base: &Url) -> Vec<Announcement> {
        self.links_of_main(page)
            .filter_map(|link| {
                let url = address(base, link.attr("href")?)?;
                let leads_elsewhere = without_fragment(&url) != without_fragment(base);
                leads_elsewhere.then(|| Announcement {
                    url,
                    title: text(link),
                    published: None,
                    modified: None,
                    guid: None,
                })
            })
            .collect()
    }
}

impl Selectors {
    /// The links of a page's main part that do not lead around the site; all of a page where a rule names the links.
    fn links_of_main<'a>(&'a self, page: &'a Html) -> impl Iterator<Item = ElementRef<'a>> {
        let main = parse(MAIN).ok().filter(|_| !self.has_link_rule);
        let within = main
            .and_then(|main| page.select(&main).next())
            .unwrap_or(page.root_element());
        let links = within.select(&self.link).collect::<Vec<_>>().into_iter();
        links.filter(|link| self.has_link_rule || !leads_around(*link))
    }
}

fn parse(selector: &str) -> Result<Selector, Unreadable> {
    Selector::parse(selector).map_err(|error| Unreadable::Selector {
        selector: selector.to_string(),
        reason: error.to_string(),
    })
}

fn base_of(page: &Html, base: &Url) -> Url {
    let named = parse("base[href]")
        .ok()
        .and_then(|selector| page.select(&selector).next()?.attr("href"));
    named
        .and_then(|href| address(base, href))
        .unwrap_or_else(|| base.clone())
}

fn leads_around(link: ElementRef<'_>) -> bool {
    let mut outer = link.ancestors().filter_map(|node| node.value().as_element());
    outer.any(|element| AROUND.contains(&element.name()))
}

fn without_fragment(url: &Url) -> &str {
    &url[..url::Position::AfterQuery]
}

/// The words of an element; of a picture without words, what it shows.
fn text(element: ElementRef<'_>) -> Option<String> {
    one_line(&element.text().collect::<Vec<_>>().join(" ")).or_else(|| {
        let mut inside = element.descendent_elements();
        inside.find_map(|image| one_line(image.attr("alt")?))
    })
}

/// The moment an element gives: for machines first, then for people.
fn moment(element: ElementRef<'_>) -> Option<Moment> {
    let for_machines = element.attr("datetime").and_then(moments::read);
    for_machines.or_else(|| moments::find(&element.text().collect::<String>(), None))
}

/// The items with repeated addresses joined: a picture and a headline often link to the same page.
fn each_once(items: Vec<Announcement>) -> Vec<Announcement> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Announcement> = Vec::new();
    for item in items.into_iter().take(MAX_ANNOUNCEMENTS) {
        match places.get(without_fragment(&item.url)) {
            Some(place) => {
                let first = &mut kept[*place];
                first.title = first.title.take().or(item.title);
                first.published = first.published.take().or(item.published);
            }
            None => {
                places.insert(without_fragment(&item.url).to_string(), kept.len());
                kept.push(item);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(item: &str, title: Option<&str>, date: Option<&str>) -> ListingRules {
        ListingRules {
            item: Some(item.to_string()),
            title: title.map(str::to_string),
            date: date.map(str::to_string),
            ..ListingRules::default()
        }
    }

    /// Checks the items as `address | title | day`.
    #[track_caller]
    fn check(html: &str, rules: &ListingRules, expected: &[&str]) {
        let listing = read(html, &base(), rules).expect("readable");
        let items: Vec<String> = (listing.items.iter())
            .map(|item| {
                let title = item.title.as_deref().unwrap_or("-");
                let day = item
                    .published
                    .map_or("-".to_string(), |moment| moment.to_string());
                format!("{} | {title} | {day}", item.url)
            })
            .collect();
        assert_eq!(items, expected);
    }

    fn base() -> Url {
        Url::parse("https://town.example/news/").expect("valid")
    }

    #[test]
    fn items_are_read_after_the_rules() {
        let html =
            "<div class=row><a href=a>More</a><h3>Road  opens</h3><span class=d>February 6, 2026</span></div>
                    <div class=row><h3>No link</h3></div>
                    <div class=row><a href='/b#x'>More</a><h3>Bridge closes</h3></div>";
        check(
            html,
            &rules(".row", Some("h3"), Some(".d")),
            &[
                "https://town.example/news/a | Road opens | 2026-02-06",
                "https://town.example/b#x | Bridge closes | -",
            ],
        );
    }

    #[test]
    fn an_item_may_be_the_link_and_its_time_is_read_for_machines_first() {
        let html = "<a class=c href=a>Road opens <time datetime=2026-02-06T09:30:00-05:00>today</time></a>";
        check(
            html,
            &rules("a.c", None, None),
            &["https://town.example/news/a | Road opens today | 2026-02-06T09:30:00-05:00"],
        );
    }

    #[test]
    fn without_rules_the_links_of_the_main_part_count() {
        let html = "<nav><a href=/about>About</a></nav><a href=/login>Log in</a>
                    <main><nav><a href=/b>Crumbs</a></nav><a href=a><img alt='A road'></a><a href=a#top>Road opens</a>
                    <a href=mailto:a@town.example>Write</a><a href='#main'>Down</a></main>";
        check(
            html,
            &ListingRules::default(),
            &["https://town.example/news/a | A road | -"],
        );
    }

    #[test]
    fn links_with_a_day_beside_them_are_told_from_others() {
        let html = "<main><p><a href=/all>All</a> <a href=/map>Map</a> February 1, 2026</p><ul><li>Feb. 6, 2026 <a href=a>Road opens</a></li>
                    <li><div><a href=b>Bridge closes</a></div><time datetime=2026-02-05>Thursday</time></li>
                    <li><a href=c>The council</a></li></ul></main>";
        assert_eq!(dated_links(html, &base()), 2);
        // Many links behind much else in one place: told in one walk over each.
        let crowded = format!(
            "<main>{}{}</main>",
            "<i></i>".repeat(20_000),
            "<a href=x>More</a>".repeat(20_000)
        );
        assert_eq!(dated_links(&crowded, &base()), 0);
    }

    #[test]
    fn a_page_without_a_main_part_is_read_whole() {
        check(
            "<p><a href=a>Road</a>",
            &ListingRules::default(),
            &["https://town.example/news/a | Road | -"],
        );
    }

    #[test]
    fn the_base_and_the_next_page_are_found() {
        let html =
            "<base href='https://www.town.example/x/'><link rel=next href='?page=2'><a href=a>Road</a>";
        let listing = read(html, &base(), &ListingRules::default()).expect("readable");
        assert_eq!(listing.items[0].url.as_str(), "https://www.town.example/x/a");
        assert_eq!(
            listing.next.expect("named").as_str(),
            "https://www.town.example/x/?page=2"
        );
    }

    #[test]
    fn the_further_pages_of_a_template_go_on_after_the_first() {
        for (first, ahead, address) in [
            (1, 1, "https://town.example/news/page/2?n=2"),
            (0, 3, "https://town.example/news/page/3?n=3"),
        ] {
            let pages = ListingPages {
                template: "https://town.example/news/page/{page}?n={page}".into(),
                first,
            };
            assert_eq!(page_address(&pages, ahead).expect("an address").as_str(), address);
        }
    }

    #[test]
    fn a_selector_that_is_none_is_told() {
        assert!(selector_error("a[=]").is_some());
        assert_eq!(selector_error("main article > a[href]"), None);
        let wrong = read("<p>", &base(), &rules("a[[", None, None));
        assert!(matches!(wrong, Err(Unreadable::Selector { .. })), "{wrong:?}");
    }

    #[test]
    fn hostile_pages_are_read_as_far_as_their_bounds_and_empty_ones_refused() {
        let deep = format!("<a href=\"/news/1\">One</a>{}", "<div>".repeat(100_000));
        assert_eq!(
            read(&deep, &base(), &ListingRules::default())
                .expect("read")
                .items
                .len(),
            1
        );
        assert_eq!(
            read(" \n", &base(), &ListingRules::default()),
            Err(Unreadable::Empty)
        );
    }
}

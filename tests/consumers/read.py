"""Reads exports with the programs people read them with, and prints what each found as JSON."""

import json
import sys
from pathlib import Path

import feedparser
import icalendar
import pandas
import pyarrow.parquet
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.bibtex import BibTeX
from citeproc.source.bibtex.bibparse import BibTeXParser
from citeproc.source.json import CiteProcJSON

folder = Path(sys.argv[1])


def calendar():
    events = icalendar.Calendar.from_ical((folder / "ics").read_bytes()).walk("VEVENT")
    first = events[0]
    return {
        "count": len(events),
        "uids": len({str(event["UID"]) for event in events}),
        "first": [str(first["DTSTART"].dt), str(first["DTEND"].dt), str(first["SUMMARY"])],
    }


def timed():
    events = icalendar.Calendar.from_ical((folder / "timed").read_bytes()).walk("VEVENT")
    return {str(event["SUMMARY"]): str(event["DTSTART"].dt) for event in events}


def feed():
    read = feedparser.parse((folder / "atom").read_bytes())
    first = read.entries[0]
    captured = [entry.updated_parsed for entry in read.entries]
    return {
        "count": len(read.entries),
        "bozo": bool(read.bozo),
        "updated": bool(read.feed.updated_parsed),
        "newest_first": captured == sorted(captured, reverse=True),
        "first": [first.title, first.author, first.link],
    }


def csv():
    rows = pandas.read_csv(folder / "csv", dtype=str, keep_default_na=False)
    return {
        "count": len(rows),
        "columns": list(rows.columns),
        "first": [rows.day[0], rows.speaker[0], rows.text[0], rows.capture[0]],
    }


def parquet():
    table = pyarrow.parquet.read_table(folder / "parquet")
    first = table.slice(0, 1).to_pylist()[0]
    return {
        "count": table.num_rows,
        "columns": table.column_names,
        "types": [str(table.schema.field(name).type) for name in ("day", "captured_at", "text")],
        "first": [str(first["day"]), first["speaker"], first["text"], first["capture"]],
    }


def csl():
    items = json.loads((folder / "csljson").read_text())
    style = CitationStylesStyle("apa", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    lines = [str(line) for line in bibliography.bibliography()]
    return {"count": len(lines), "first": lines[0], "title": items[0]["title"]}


def bibtex():
    return {"count": len(list(BibTeX(str(folder / "bibtex"), encoding="utf-8")))}


def braces():
    # Only where fields end is read here: citeproc-py cannot put in the letter that \\textbraceleft is.
    with open(folder / "braces", encoding="utf-8") as file:
        entries = BibTeXParser(file)
    return [entry["title"][1:-1] for entry in entries.values()]


print(json.dumps({name: read() for name, read in [
    ("ics", calendar), ("timed", timed), ("atom", feed), ("csv", csv), ("parquet", parquet), ("csljson", csl), ("bibtex", bibtex), ("braces", braces),
]}))

"""Writes executive-order-7.pdf, the signed copy of the sample newsroom's order, beside this file.

Plain PDF syntax with Helvetica and no compression, so that the file can be read in an editor:
python3 executive-order-7.py
"""

from pathlib import Path

PAGES = [
    [
        ("B", 14, "THE CITY OF HARBOR FALLS"),
        ("B", 12, "OFFICE OF THE MAYOR"),
        ("", 0, ""),
        ("B", 12, "EXECUTIVE ORDER No. 7"),
        ("", 11, "March 10, 2026"),
        ("", 0, ""),
        ("B", 11, "SHELTER WITHOUT CONDITION"),
        ("", 0, ""),
        ("", 11, "WHEREAS, on a single night in January 2026 the City counted 612 people"),
        ("", 11, "sleeping outdoors; and"),
        ("", 0, ""),
        ("", 11, "WHEREAS, beds in the City's shelters stood empty on that night because"),
        ("", 11, "people could not show a document; and"),
        ("", 0, ""),
        ("", 11, "WHEREAS, a person who fears to be reported does not come in from the"),
        ("", 11, "cold;"),
        ("", 0, ""),
        ("", 11, "NOW, THEREFORE, by the power vested in me as Mayor of the City of"),
        ("", 11, "Harbor Falls, it is hereby ordered:"),
        ("", 0, ""),
        ("", 11, "Section 1. Open beds. No person shall be refused a bed in a City shelter"),
        ("", 11, "for want of identification, or for the reason that a form has not been"),
        ("", 11, "completed."),
        ("", 0, ""),
        ("", 11, "§ 2. Hours. The Department of Shelter shall keep at least one intake"),
        ("", 11, "desk open at every hour of the day and night."),
    ],
    [
        ("", 11, "§ 3. Records. No agency shall disclose the name or the whereabouts of"),
        ("", 11, "a person in a City shelter to anyone outside the City government, except"),
        ("", 11, "upon the order of a judge."),
        ("", 0, ""),
        ("", 11, "§ 4. Review. Within sixty days of the date of this Order, the Departments"),
        ("", 11, "of Shelter, Health, Buildings, Parks, Schools, and Police shall each"),
        ("", 11, "review the records that they hold about persons in shelters and report"),
        ("", 11, "to the Mayor which of them are not needed."),
        ("", 0, ""),
        ("", 11, "§ 5. Reports. The Commissioner of Shelter shall report to the Mayor in"),
        ("", 11, "writing on the first business day of every month how many persons sought"),
        ("", 11, "a bed and how many were given one."),
        ("", 0, ""),
        ("", 11, "§ 6. This Order shall take effect immediately."),
        ("", 0, ""),
        ("", 11, "Ines Marrow"),
        ("", 11, "Mayor"),
    ],
]


def page_text(lines):
    """Returns the drawing operators of one page."""
    operators, height = ["BT"], 720
    for face, size, words in lines:
        if words:
            font = "F2" if face == "B" else "F1"
            escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            operators.append(f"/{font} {size} Tf 1 0 0 1 72 {height} Tm ({escaped}) Tj")
        height -= 16
    operators.append("ET")
    return "\n".join(operators).encode("cp1252")


def font(name):
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()


def document(pages):
    """Returns the bytes of the whole file."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ]
    for number, lines in enumerate(pages):
        text = page_text(lines)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> "
            + f"/Contents {6 + 2 * number} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(text)} >>\nstream\n".encode() + text + b"\nendstream")
    objects.append(
        b"<< /Title (Executive Order 7 of 2026) /Author (Office of the Mayor of Harbor Falls) "
        b"/CreationDate (D:20260310140000-04'00') >>"
    )
    out, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    return out + f"trailer\n{trailer}\nstartxref\n{table}\n%%EOF\n".encode()


if __name__ == "__main__":
    Path(__file__).with_suffix(".pdf").write_bytes(document(PAGES))

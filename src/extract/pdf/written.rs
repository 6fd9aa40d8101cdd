//! PDFs written by hand, for tests: text at given places in given sizes and fonts, pictures, several pages.

use std::fmt::Write;

/// A line of text: where it begins (from the left and the lower edge, in points), its size, its font, its words with
/// WinAnsi codes above ASCII as octals.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    pub(super) left: f32,
    pub(super) up: f32,
    pub(super) size: f32,
    /// `F1` is plain, `F2` bold, `F3` plain with ligatures at the codes 1 and 2 (`fi`, `ffi`).
    pub(super) font: &'static str,
    pub(super) words: String,
}

/// A plain line of twelve points.
pub(super) fn at(left: f32, up: f32, words: &str) -> Printed {
    Printed {
        left,
        up,
        size: 12.0,
        font: "F1",
        words: words.to_owned(),
    }
}

/// A line of another size and font.
pub(super) fn set(font: &'static str, size: f32, left: f32, up: f32, words: &str) -> Printed {
    Printed {
        size,
        font,
        ..at(left, up, words)
    }
}

/// Lines under each other, fourteen points apart.
pub(super) fn block(left: f32, up: f32, lines: &[&str]) -> Vec<Printed> {
    let lines = lines.iter().enumerate();
    lines
        .map(|(row, words)| at(left, up - 14.0 * row as f32, words))
        .collect()
}

/// A page.
#[derive(Clone, Debug)]
pub(super) enum Sheet {
    /// With lines of text.
    Text(Vec<Printed>),
    /// With a picture that fills it.
    Scan,
}

const NAMES: &str = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <00> <FF> endcodespacerange\n1 beginbfrange <20> <7E> <0020> endbfrange\n2 beginbfchar <01> <FB01> <02> <00660066 0069> endbfchar\nendcmap end end";

/// A file of these pages, with what it says about itself.
pub(super) fn file(pages: &[Sheet], info: &str) -> Vec<u8> {
    let stream = |dictionary: &str, data: &str| {
        format!("<<{dictionary}/Length {}>>stream\n{data}\nendstream", data.len())
    };
    let font = |name: &str, more: &str| {
        format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding{more}>>")
    };
    let kids: Vec<String> = (0..pages.len())
        .map(|page| format!("{} 0 R", 9 + 2 * page))
        .collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), pages.len()),
        font("Helvetica", ""),
        font("Helvetica-Bold", ""),
        font("Helvetica", "/ToUnicode 6 0 R"),
        stream("", NAMES),
        stream(
            "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/ASCIIHexDecode",
            "80>",
        ),
        format!("<<{info}>>"),
    ];
    for (number, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>/XObject<</I 7 0 R>>>>/Contents {} 0 R>>",
            10 + 2 * number
        ));
        let mut content = String::new();
        match page {
            Sheet::Scan => content.push_str("q 612 0 0 792 0 0 cm /I Do Q"),
            Sheet::Text(lines) => {
                for line in lines {
                    let Printed {
                        left,
                        up,
                        size,
                        font,
                        words,
                    } = line;
                    writeln!(content, "BT /{font} {size} Tf {left} {up} Td ({words}) Tj ET")
                        .expect("a string takes all");
                }
            }
        }
        objects.push(stream("", &content));
    }
    assembled(&objects)
}

/// A file of these objects, the first of them its catalogue and the eighth what it says about itself.
pub(super) fn assembled(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).expect("a string takes all");
        write!(file, "{} 0 obj\n{object}\nendobj\n", number + 1).expect("a string takes all");
    }
    let start = file.len();
    let trailer = format!(
        "trailer<</Size {}/Root 1 0 R/Info 8 0 R>>\nstartxref\n{start}\n%%EOF",
        objects.len() + 1
    );
    format!("{file}{table}{trailer}").into_bytes()
}

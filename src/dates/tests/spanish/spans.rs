//! What a Spanish text says of months, years, lengths of time and what recurs, case by case.

use super::*;

#[test]
fn months_years_and_what_narrows_them() {
    check("en enero de 2025.", &[("enero de 2025", "2025-01")]);
    check("en el mes de enero", &[("el mes de enero", "2026-01")]);
    check("a principios de febrero", &[("principios de febrero", "2026-02")]);
    check("a mediados de 2025", &[("mediados de 2025", "2025")]);
    check("mayo del año pasado", &[("mayo del año pasado", "2025-05")]);
    check("de 2019 a 2021", &[("2019", "2019"), ("2021", "2021")]);
    check("entre 2019 y el 2021", &[("2019", "2019"), ("el 2021", "2021")]);
    check(
        "el año dos mil veintiséis",
        &[("el año dos mil veintiséis", "2026")],
    );
    check(
        "el próximo enero y el enero pasado",
        &[("el próximo enero", "2027-01"), ("enero pasado", "2026-01")],
    );
    check(
        "de enero a marzo de 2025",
        &[("enero", "2025-01"), ("marzo de 2025", "2025-03")],
    );
}

#[test]
fn fiscal_years_quarters_halves_and_seasons() {
    check("el año fiscal 2026", &[("el año fiscal 2026", "2026")]);
    check("el próximo año fiscal", &[("el próximo año fiscal", "2027")]);
    check(
        "en el primer trimestre de 2026",
        &[("el primer trimestre de 2026", "2026-Q1")],
    );
    check(
        "tercer trimestre del año pasado",
        &[("tercer trimestre del año pasado", "2025-Q3")],
    );
    check(
        "el segundo semestre de 2025",
        &[("el segundo semestre de 2025", "2025-H2")],
    );
    check(
        "la primera mitad de 2025",
        &[("la primera mitad de 2025", "2025-H1")],
    );
    check("en el verano de 2024", &[("el verano de 2024", "2024-SU")]);
    check("el otoño pasado", &[("el otoño pasado", "2025-FA")]);
    check("en verano llueve", &[("verano", "2025-SU")]);
}

#[test]
fn decades_and_centuries() {
    check("en los años noventa", &[("los años noventa", "199")]);
    check("la década de los ochenta", &[("la década de los ochenta", "198")]);
    check("nació en los noventa.", &[("los noventa", "199")]);
    check("en los noventa días", &[("los noventa días", "P90D")]);
    check("del siglo XIX", &[("siglo XIX", "18")]);
    check("el siglo veintiuno", &[("el siglo veintiuno", "20")]);
    check("a finales del siglo XX", &[("finales del siglo XX", "19")]);
    check("los siglos XV y XVI", &[("los siglos XV", "14"), ("XVI", "15")]);
    check("en el año 490 a. C. hubo", &[("el año 490 a. C.", "BC0490")]);
}

#[test]
fn lengths() {
    check("en los últimos cinco años", &[("los últimos cinco años", "P5Y")]);
    check("en las próximas 24 horas", &[("las próximas 24 horas", "PT24H")]);
    check("los últimos años", &[("los últimos años", "PXY")]);
    check("un año y medio", &[("un año y medio", "P1Y6M")]);
    check("una hora y media", &[("una hora y media", "PT1H30M")]);
    check("media hora", &[("media hora", "PT30M")]);
    check(
        "al menos 30 días hábiles",
        &[("al menos 30 días hábiles", "P30D")],
    );
    check("veintiún días", &[("veintiún días", "P21D")]);
    check("ciento veinte días", &[("ciento veinte días", "P120D")]);
    check("un par de meses", &[("un par de meses", "P2M")]);
    check(
        "unos 30 dias y unos dias",
        &[("unos 30 dias", "P30D"), ("unos dias", "PXD")],
    );
    check("durante décadas", &[("décadas", "PXDE")]);
    check("entre 5 y 10 años", &[("5", "P5Y"), ("10 años", "P10Y")]);
    check("una condena de 5 años", &[("5 años", "P5Y")]);
}

#[test]
fn what_recurs() {
    check(
        "los lunes y cada viernes",
        &[("los lunes", "XXXX-WXX-1"), ("cada viernes", "XXXX-WXX-5")],
    );
    check("todos los martes", &[("todos los martes", "XXXX-WXX-2")]);
    check(
        "de lunes a viernes",
        &[("lunes", "XXXX-WXX-1"), ("viernes", "XXXX-WXX-5")],
    );
    check(
        "los viernes por la noche",
        &[("los viernes por la noche", "XXXX-WXX-5TNI")],
    );
    check(
        "cada año y cada dos años",
        &[("cada año", "P1Y"), ("cada dos años", "P2Y")],
    );
    check("todos los días", &[("todos los días", "P1D")]);
    check(
        "diariamente; la junta semanal",
        &[("diariamente", "XXXX-XX-XX"), ("semanal", "XXXX-WXX")],
    );
    check("dos veces al año", &[("al año", "P1Y")]);
    check("20 dólares por hora", &[("por hora", "PT1H")]);
    check("los fines de semana", &[("los fines de semana", "P1WE")]);
}

#[test]
fn vague_words() {
    check(
        "ahora y actualmente",
        &[("ahora", "PRESENT_REF"), ("actualmente", "PRESENT_REF")],
    );
    check("recientemente", &[("recientemente", "PAST_REF")]);
    check("hoy en día", &[("hoy en día", "PRESENT_REF")]);
    check("en el futuro.", &[("el futuro", "FUTURE_REF")]);
}

#[test]
fn numbers_have_their_own_spelling() {
    check(
        "durante treinta y cinco días",
        &[("treinta y cinco días", "P35D")],
    );
    check("en 1.000 días", &[("1.000 días", "P1000D")]);
    check(
        "el 1.º de mayo de 2026",
        &[("el 1.º de mayo de 2026", "2026-05-01")],
    );
    check(
        "El próximo 20 de diciembre",
        &[("El próximo 20 de diciembre", "2026-12-20")],
    );
}

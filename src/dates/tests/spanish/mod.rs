//! What is found in a Spanish text and what it means, case by case: a file for each topic, and here what is no time at all.

mod days;
mod deadlines;
mod said;
mod spans;
mod times;

use super::*;

#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    check_in(Tongue::Spanish, text, expected);
}

#[test]
fn an_age_is_no_time() {
    for text in [
        "Rosa Peña, de 34 años, y su hijo de 8 meses",
        "Iván Lago, de 34 años de edad, tiene 34 años.",
        "Murió a los 84 años.",
        "Un menor de 5 años y los mayores de 65 años",
        "niños de 3 a 5 años",
    ] {
        check(text, &[]);
    }
}

#[test]
fn everyday_words_are_no_dates() {
    for text in [
        "El sol y el mar; una marcha va a dar un set.",
        "Abierto 24/7, llame al 555-1984 o al 212-555-2019.",
        "Costó $2,026 y 1984 personas vieron la página 1984.",
        "Julio Peña y Abril Lago viven en Santo Domingo.",
        "En la calle 2 de Mayo, un segundo hombre dijo, tarde o temprano, ahora bien.",
        "Noticias de última hora a la hora de comer, día a día.",
        "El este de Villanar está lejos; más tarde llegó.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn hostile_texts_never_panic_and_nothing_overlaps() {
    let pieces = [
        "9 ",
        "el último ",
        "los últimos ",
        "treinta y ",
        "9 de mayo de ",
        "más de ",
        "cada ",
        "é",
        "º",
        "la ",
        "a finales de ",
        "3 p. m. ",
        "lunes a ",
        "siglo ",
        "hace ",
        "entre el 1 y ",
        "mañana por la ",
        "\n\n",
    ];
    for piece in pieces {
        let text = piece.repeat(20_000 / piece.len());
        for published in [Some(day()), Some(Date::MIN), Some(Date::MAX), None] {
            let mentions = find(&text, Tongue::Spanish, published);
            assert!(
                mentions
                    .windows(2)
                    .all(|pair| pair[0].span.end() <= pair[1].span.start())
            );
        }
    }
}

//! Last days and deadlines of Spanish texts, case by case.

use super::*;

#[test]
fn the_last_day_for_something_is_a_limit() {
    check_limits_in(
        Tongue::Spanish,
        &[
            ("A más tardar el 1 de junio.", "el 1 de junio"),
            (
                "Las solicitudes se reciben hasta el mediodía del 20 de marzo.",
                "el mediodía del 20 de marzo",
            ),
            (
                "El plazo vence el primer lunes de mayo.",
                "el primer lunes de mayo",
            ),
            ("Tienen hasta el viernes.", "el viernes"),
            (
                "El plazo vence a las 17:00 horas del 11 de marzo.",
                "las 17:00 horas del 11 de marzo",
            ),
            ("La fecha límite es el 3 de mayo.", "el 3 de mayo"),
        ],
        &[
            "La muestra siguió abierta hasta el 3 de mayo.",
            "La audiencia es el 3 de mayo.",
        ],
    );
}

#[test]
fn a_deadline_may_be_counted_from_a_day_that_is_counted() {
    let law = "Firmada el 6 de febrero de 2026. Esta ley entrará en vigor a los 30 días de su firma. Dentro de los 60 \
        días posteriores a la entrada en vigor habrá un informe.";
    assert_eq!(
        sums_in(Tongue::Spanish, law),
        [
            "2026-02-06 + 30 days = 2026-03-08",
            "2026-02-06 + 30 days = 2026-03-08; 2026-03-08 + 60 days = 2026-05-07"
        ]
    );
}

#[test]
fn deadlines_are_counted_as_in_english() {
    let sums = |text| sums_in(Tongue::Spanish, text);
    let order = "Firmada el 6 de febrero de 2026. Dentro de los 14 días siguientes a la firma de esta orden, cada agencia \
        informará. A más tardar 60 días después de su entrada en vigor habrá reglas. Esta orden entrará en vigor de inmediato.";
    assert_eq!(
        sums(order),
        [
            "2026-02-06 + 14 days = 2026-02-20",
            "2026-02-06 + 60 days = 2026-04-07"
        ]
    );
    assert_eq!(
        sums("Firmada el 6 de febrero de 2026. En 10 días hábiles desde la firma."),
        [""]
    );
    assert_eq!(
        sums("La oficina publicará un borrador y recibirá comentarios durante 30 días desde la publicación."),
        [""]
    );
}

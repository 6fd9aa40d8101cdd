//! How much waits for the engine's thread. The engine itself counts documents and lets ten thousand wait, whatever
//! their size.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

/// Bytes that may wait.
pub(super) const MOST_BYTES: usize = 2 << 20;
/// The longest wait for room. Where the engine's thread has ended nothing makes room any more, and the engine says so.
const LONGEST: Duration = Duration::from_secs(5);

/// The room there is.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: Mutex<usize>,
    left: Condvar,
}

/// A document on its way to the engine's thread.
pub(super) struct Queued {
    document: TantivyDocument,
    _place: Arc<Place>,
}

/// The share of the room that documents have which are handed over together. Given back when the last of them is taken.
pub(super) struct Place {
    queue: Arc<Queue>,
    bytes: usize,
}

impl Queue {
    /// Room for documents of about so many bytes in all; waits until there is some.
    pub(super) fn place(self: &Arc<Self>, bytes: usize) -> Arc<Place> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |waiting: &mut usize| *waiting > 0 && *waiting + bytes > MOST_BYTES;
        let (mut waiting, _) = self
            .left
            .wait_timeout_while(waiting, LONGEST, is_full)
            .unwrap_or_else(PoisonError::into_inner);
        *waiting += bytes;
        Arc::new(Place {
            queue: Arc::clone(self),
            bytes,
        })
    }
}

impl Queued {
    /// A document in its place.
    pub(super) fn new(document: TantivyDocument, place: &Arc<Place>) -> Self {
        Self {
            document,
            _place: Arc::clone(place),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.queue.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting = waiting.saturating_sub(self.bytes);
        self.queue.left.notify_all();
    }
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_writes_waits_until_the_engine_took_what_waits() {
        let queue = Arc::new(Queue::default());
        // What is handed over alone is never too large.
        let place = queue.place(MOST_BYTES + 1);
        let two = [0, 1].map(|_| Queued::new(TantivyDocument::new(), &place));
        drop(place);
        let (told, taken) = std::sync::mpsc::channel();
        let writer = std::thread::spawn({
            let queue = Arc::clone(&queue);
            move || {
                drop(queue.place(1));
                told.send(()).expect("somebody waits for it");
            }
        });
        let [one, other] = two;
        one.into_tantivy_document();
        assert!(taken.recv_timeout(Duration::from_millis(50)).is_err());
        other.into_tantivy_document();
        taken.recv_timeout(LONGEST / 2).expect("there is room now");
        writer.join().expect("it does not panic");
        assert_eq!(*queue.waiting.lock().expect("sound"), 0);
    }
}

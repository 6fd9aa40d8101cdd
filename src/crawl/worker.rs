//! A thread of its own for work of one kind. The runtime's threads for blocking work take turns, so that each of them
//! would come to hold the memory that such work leaves behind.

use std::sync::mpsc::{Sender, channel};

use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// Does one piece of work after the other. Cheap to clone; the thread ends with the last of them.
#[derive(Clone, Debug)]
pub struct Worker {
    jobs: Sender<Job>,
}

impl Worker {
    /// Begins a thread of this name.
    pub fn begin(name: &str) -> std::io::Result<Self> {
        let (jobs, received) = channel::<Job>();
        let thread = std::thread::Builder::new().name(name.to_owned());
        thread.spawn(move || received.into_iter().for_each(|job| job()))?;
        Ok(Self { jobs })
    }

    /// Has something done; nothing where that, or something before it, panicked.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let (told, done) = oneshot::channel();
        let job = Box::new(move || {
            // Whoever gave up waiting does not need the answer.
            let _ = told.send(work());
        });
        self.jobs.send(job).ok()?;
        done.await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_is_done_in_its_order_until_a_panic() {
        let worker = Worker::begin("test").expect("a thread");
        assert_eq!(worker.run(|| 1 + 1).await, Some(2));
        assert_eq!(worker.clone().run(|| "again").await, Some("again"));
        assert_eq!(worker.run(|| panic!("a mistake")).await, None::<u8>);
        assert_eq!(worker.run(|| 7).await, None);
    }
}

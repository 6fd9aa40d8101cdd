//! The `onrecord` program.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Huge pages are held whole once a part of them was used, which is half as much memory again for a crawl. Where the
    // system does not know of them there are none.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    onrecord::cli::run()
}

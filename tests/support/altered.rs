//! The program in another world: another time of day, names and addresses that are ours. A few functions of the C
//! library are put before the real ones (`altered.c`), so that the whole program is under test as it is.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use jiff::Timestamp;

/// What the program takes for the world.
pub(crate) struct World {
    folder: tempfile::TempDir,
    route: Option<u16>,
}

impl World {
    /// The world as it is.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("clock"), "0").expect("written");
        Self { folder, route: None }
    }

    /// A world of these names (`name answer answer …`), whose public addresses all lead to a port of ours.
    pub(crate) fn of_names(names: &str, port: u16) -> Self {
        let world = Self {
            route: Some(port),
            ..Self::new()
        };
        std::fs::write(world.folder.path().join("names"), names).expect("written");
        world
    }

    /// Sets the time of day so many seconds forward, or back.
    pub(crate) fn wind(&self, seconds: i64) {
        // In one step, so that nobody reads half of it.
        let new = self.folder.path().join("clock.new");
        std::fs::write(&new, seconds.to_string()).expect("written");
        std::fs::rename(new, self.folder.path().join("clock")).expect("renamed");
    }

    /// Sets the time of day.
    pub(crate) fn wind_to(&self, time: &str) {
        let time: Timestamp = time.parse().expect("an instant");
        self.wind(time.as_second() - Timestamp::now().as_second());
    }

    /// What was looked up (`lookup NAME`) and connected to (`connect ADDRESS`).
    pub(crate) fn log(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        text.lines().map(str::to_string).collect()
    }

    /// Puts a command into a world where nothing in a folder can be written.
    pub(crate) fn around_fixed(&self, command: Command, folder: &Path) -> Command {
        let mut command = self.around(command);
        command.env("ALTERED_FIXED", folder);
        command
    }

    /// Puts a command into this world.
    pub(crate) fn around(&self, mut command: Command) -> Command {
        let path = |name: &str| self.folder.path().join(name);
        command
            .env("LD_PRELOAD", library())
            .env("ALTERED_CLOCK", path("clock"));
        if let Some(port) = self.route {
            command
                .env("ALTERED_NAMES", path("names"))
                .env("ALTERED_LOG", path("log"))
                .env("ALTERED_PORT", port.to_string());
        }
        command
    }
}

/// The functions, compiled once by the C compiler that the program itself needs to be built.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let made = folder.join(format!("altered-{}.so", std::process::id()));
        let status = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(&made)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/altered.c"))
            .args(["-ldl", "-lpthread"])
            .status();
        assert!(status.expect("cc runs").success(), "altered.c does not compile");
        // Another test may be using the library while this one makes it: a name of its own, put in place whole.
        let library = folder.join("altered.so");
        std::fs::rename(&made, &library).expect("renamed");
        library
    })
}

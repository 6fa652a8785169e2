//! The processes around the application: its display and its driver.

use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A process that ends with all its children.
pub(crate) struct Group(Child);

impl Group {
    fn spawn(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        Ok(Self(command.process_group(0).spawn().with_context(|| format!("starting {name}"))?))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        signal("-TERM", &format!("-{}", self.0.id()));
        // It was told to end; should it not have, the test's own end takes it along.
        let _ = self.0.wait();
    }
}

fn signal(which: &str, whom: &str) {
    let _ = Command::new("kill").args([which, "--", whom]).stderr(Stdio::null()).status();
}

/// An X server of one's own, and its name.
pub(crate) fn display() -> Result<(Group, String)> {
    let mut server = Command::new("Xvfb");
    server.args(["-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]);
    let mut server = Group::spawn(server.stdout(Stdio::piped()).stderr(Stdio::null()))?;
    let mut number = String::new();
    let out = server.0.stdout.take().context("Xvfb has no output")?;
    BufReader::new(out).read_line(&mut number)?;
    if number.trim().is_empty() {
        bail!("Xvfb did not start");
    }
    Ok((server, format!(":{}", number.trim())))
}

/// A WebDriver for the application, with its address. What it starts lives in `home`.
pub(crate) fn driver(display: &str, home: &Path, dark: bool) -> Result<(Group, String)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut driver = Command::new("WebKitWebDriver");
    driver
        .arg(format!("--port={port}"))
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env("DISPLAY", display)
        .env_remove("WAYLAND_DISPLAY")
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        // The journeys read the screens in English, whatever the system speaks.
        .env("LC_ALL", "C.UTF-8")
        .env_remove("LANGUAGE")
        .env("GTK_THEME", if dark { "Adwaita:dark" } else { "Adwaita" });
    Ok((Group::spawn(driver.stderr(Stdio::null()))?, format!("http://127.0.0.1:{port}")))
}

/// The application, built beside this test.
pub(crate) fn binary() -> Result<PathBuf> {
    let test = std::env::current_exe()?;
    let folder =
        test.parent().and_then(Path::parent).context("the test lies in no target folder")?;
    let binary = folder.join("primum-desktop");
    if !binary.exists() {
        bail!("{} is not built: cargo build --workspace --bins --tests", binary.display());
    }
    Ok(binary)
}

/// Kills the application that runs in `home`, as a power cut would.
pub(crate) fn kill_application(home: &Path) -> Result<()> {
    let binary = binary()?.canonicalize()?;
    let is_application =
        |process: &PathBuf| fs::read_link(process.join("exe")).is_ok_and(|exe| exe == binary);
    let process = processes(home)?.into_iter().find(is_application).context("it is not running")?;
    let id = process.file_name().context("a process has a number")?.to_string_lossy().into_owned();
    signal("-KILL", &id);
    Ok(())
}

/// The memory of the application that runs in `home` and of the webview's processes, in bytes.
pub(crate) fn memory_of(home: &Path) -> Result<u64> {
    let mut total = 0;
    for process in processes(home)? {
        let name = fs::read_to_string(process.join("comm"))?;
        if !name.starts_with("WebKitWebDriver") {
            let rollup = fs::read_to_string(process.join("smaps_rollup"))?;
            let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap_or_default();
            total += 1024 * pss.trim().trim_end_matches(" kB").parse::<u64>()?;
        }
    }
    Ok(total)
}

/// The processor time that the webview's process for the page took of the application that runs in `home`.
pub(crate) fn page_processor_time_of(home: &Path) -> Result<Duration> {
    let mut nanoseconds = 0;
    for process in processes(home)? {
        if fs::read_to_string(process.join("comm"))?.starts_with("WebKitWebProces") {
            for thread in fs::read_dir(process.join("task"))? {
                let times = fs::read_to_string(thread?.path().join("schedstat"))?;
                let running = times.split(' ').next().context("an empty schedstat")?;
                nanoseconds += running.parse::<u64>()?;
            }
        }
    }
    Ok(Duration::from_nanos(nanoseconds))
}

/// The folders in /proc of all processes that live in `home`.
fn processes(home: &Path) -> Result<Vec<PathBuf>> {
    let home = format!("HOME={}", home.display());
    let lives_here = |process: &PathBuf| {
        fs::read(process.join("environ"))
            .is_ok_and(|all| all.split(|byte| *byte == 0).any(|one| one == home.as_bytes()))
    };
    let all = fs::read_dir("/proc")?.filter_map(Result::ok).map(|entry| entry.path());
    Ok(all.filter(lives_here).collect())
}

//! The application as its user meets it: a window, keys and a mouse.

use crate::process::{
    Group, binary, display, driver, kill_application, memory_of, page_processor_time_of,
};
use crate::root;
use anyhow::{Context, Result, bail};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

const PATIENCE: Duration = Duration::from_secs(20);

/// Two clicks this near to each other, in pixels and in time, may be one double click.
const NEAR: (f64, Duration) = (10.0, Duration::from_millis(450));

/// Where the application keeps everything: a computer of its own.
pub struct Computer(tempfile::TempDir);

impl Computer {
    /// A computer on which the application was never used.
    pub fn new() -> Result<Self> {
        Ok(Self(tempfile::tempdir()?))
    }

    /// Its home folder.
    pub fn home(&self) -> &Path {
        self.0.path()
    }
}

/// A window's size and colours.
#[derive(Clone, Copy)]
pub struct Window {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Light on dark.
    pub dark: bool,
}

impl Window {
    /// The smallest common screen.
    pub const LAPTOP: Self = Self { width: 1280, height: 800, dark: false };
}

/// Where something is in the window, in pixels from its left and upper edge.
type Place = (f64, f64);

/// The running application.
pub struct App {
    client: Client,
    home: PathBuf,
    last_click: Mutex<Option<(Place, Instant)>>,
    // In this order: the driver ends before the display it draws on.
    _driver: Group,
    _display: Group,
}

impl App {
    /// Starts the application on `computer` with `arguments`.
    pub async fn start(computer: &Computer, window: Window, arguments: &[&str]) -> Result<Self> {
        let (display, name) = display()?;
        let (driver, address) = driver(&name, computer.home(), window.dark)?;
        let options = json!({ "binary": binary()?, "args": arguments });
        let mut capabilities = Capabilities::new();
        capabilities.insert("webkitgtk:browserOptions".into(), options);
        let client = connect(&address, capabilities).await?;
        client.set_window_size(window.width, window.height).await?;
        let home = computer.home().to_owned();
        Ok(Self { client, home, last_click: Mutex::default(), _driver: driver, _display: display })
    }

    /// Kills the application without warning.
    pub fn kill(self) -> Result<()> {
        kill_application(&self.home)
    }

    /// The memory of all its processes in bytes, what they share counted once.
    pub fn memory(&self) -> Result<u64> {
        memory_of(&self.home)
    }

    /// The processor time that the page has taken, its drawing included.
    pub fn page_processor_time(&self) -> Result<Duration> {
        page_processor_time_of(&self.home)
    }

    /// Ends the application.
    pub async fn quit(self) -> Result<()> {
        Ok(self.client.close().await?)
    }

    /// The element that `css` selects, once it is there.
    pub async fn find(&self, css: &str) -> Result<Element> {
        let wait = self.client.wait().at_most(PATIENCE);
        wait.for_element(Locator::Css(css)).await.with_context(|| format!("waiting for {css}"))
    }

    /// How many elements `css` selects now.
    pub async fn count(&self, css: &str) -> Result<usize> {
        Ok(self.client.find_all(Locator::Css(css)).await?.len())
    }

    /// Clicks the element that `css` selects, as a person does who first scrolls it out from under what
    /// sticks to the window's edge; the driver takes what is under it for visible. What a file holds appears
    /// under its field and moves what is below: a click waits for it.
    pub async fn click(&self, css: &str) -> Result<()> {
        loop {
            match self.click_once(css).await {
                // It was made again between being found and being clicked: a person sees only the new one.
                Err(error) if is_stale(&error) => {
                    tokio::time::sleep(Duration::from_millis(20)).await
                }
                clicked => return clicked.with_context(|| format!("clicking {css}")),
            }
        }
    }

    async fn click_once(&self, css: &str) -> Result<()> {
        let element = self.find(css).await?;
        self.until("return document.querySelector('[aria-busy=true]') === null").await?;
        let selector = json!(css);
        let into_view = format!(
            "const found = document.querySelector({selector}); found.scrollIntoView({{ block: 'nearest' }}); \
             const {{ x, y, width, height }} = found.getBoundingClientRect(); return [x + width / 2, y + height / 2]"
        );
        let place: Place = serde_json::from_value(self.script(&into_view).await?)?;
        self.keep_apart(place).await;
        Ok(element.click().await?)
    }

    /// Waits where a click at `place` would make a double click of it and the last one.
    async fn keep_apart(&self, place: Place) {
        let last = self.last_click.lock().await.replace((place, Instant::now()));
        let Some(((x, y), at)) = last else { return };
        if (place.0 - x).abs().max((place.1 - y).abs()) < NEAR.0 {
            tokio::time::sleep(NEAR.1.saturating_sub(at.elapsed())).await;
        }
    }

    /// The visible text of the element that `css` selects.
    pub async fn text(&self, css: &str) -> Result<String> {
        Ok(self.find(css).await?.text().await?)
    }

    /// Puts `text` into the field that `css` selects, in place of what it holds.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self.find(css).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Types `keys` wherever the focus is, one after the other.
    pub async fn press(&self, keys: &str) -> Result<()> {
        let mut actions = KeyActions::new("keyboard".into());
        for value in keys.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Holds `key` down until it has come `times` times.
    pub async fn hold(&self, key: char, times: usize) -> Result<()> {
        // The driver has no auto-repeat; to the page a repeat is an event that says so.
        let script = format!(
            "for (let time = 0; time < {times}; time++) {{ \
             const event = new KeyboardEvent('keydown', {{ key: '{key}', repeat: time > 0, bubbles: true, cancelable: true }}); \
             (document.activeElement ?? document.body).dispatchEvent(event); }}"
        );
        self.script(&script).await.map(drop)
    }

    /// Types `key` while `modifier` is held.
    pub async fn chord(&self, modifier: char, key: char) -> Result<()> {
        let actions = KeyActions::new("keyboard".into())
            .then(KeyAction::Down { value: modifier })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: modifier });
        Ok(self.client.perform_actions(actions).await?)
    }

    /// The value of a script run in the page.
    pub async fn script(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Waits until `script` returns true.
    pub async fn until(&self, script: &str) -> Result<()> {
        let start = Instant::now();
        while self.script(script).await? != Value::Bool(true) {
            if start.elapsed() > PATIENCE {
                bail!("waited in vain until {script}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Waits until the screen says that everything is on disk.
    pub async fn saved(&self) -> Result<()> {
        self.until("return document.querySelector('#saved-state')?.dataset.state === 'saved'").await
    }

    /// Waits until item `number` is in view, its form included.
    pub async fn item(&self, number: u32) -> Result<()> {
        self.until(&format!(
            "return document.querySelector('#note') !== null && \
             document.querySelector('#item-number')?.textContent.trim() === '{number}'"
        ))
        .await
    }

    /// Looks at the window once it shows a screen: it is empty at the start, and while a screen's part of the
    /// program is fetched. Keeps a picture where pictures are wanted, and fails on what axe-core finds wrong.
    pub async fn look(&self, name: &str) -> Result<()> {
        self.find("main h1").await.with_context(|| format!("looking at {name}"))?;
        self.picture(name).await?;
        self.check_accessible(name).await
    }

    /// Keeps a picture of the window, where pictures are wanted.
    pub async fn picture(&self, name: &str) -> Result<()> {
        let Some(folder) = pictures() else { return Ok(()) };
        // What was painted before the last change is worth nothing.
        let painted = "const done = arguments[0]; \
                       requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.client.execute_async(painted, Vec::new()).await?;
        fs::create_dir_all(&folder)?;
        Ok(fs::write(folder.join(format!("{name}.png")), self.client.screenshot().await?)?)
    }

    async fn check_accessible(&self, name: &str) -> Result<()> {
        if self.script("return 'axe' in window").await? == Value::Bool(false) {
            let axe = fs::read_to_string(root().join("ui/node_modules/axe-core/axe.min.js"))?;
            self.script(&axe).await?;
            // The headings in a response are its author's; only ours must come in order.
            let ours =
                "axe.configure({ rules: [{ id: 'heading-order', selector: 'h1, h2, h3, h4' }] })";
            self.script(ours).await?;
        }
        let check = "const done = arguments[0]; \
            const where = ({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`; \
            axe.run(document, { resultTypes: ['violations'] }).then( \
                ({ violations }) => done(violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(where)].join('\\n  '))), \
                (error) => done([String(error)]))";
        let found = self.client.execute_async(check, Vec::new()).await?;
        match found.as_array().context("a list of violations")?.as_slice() {
            [] => Ok(()),
            violations => {
                let text: Vec<&str> = violations.iter().filter_map(Value::as_str).collect();
                bail!("{name}.png is not accessible to all:\n{}", text.join("\n"))
            }
        }
    }
}

/// Where pictures of the window are to go: they are taken for `make screenshots` alone.
fn pictures() -> Option<PathBuf> {
    std::env::var_os("PRIMUM_PICTURES").map(PathBuf::from)
}

fn is_stale(error: &anyhow::Error) -> bool {
    error.downcast_ref::<CmdError>().is_some_and(CmdError::is_stale_element_reference)
}

/// The driver needs a moment before it answers.
async fn connect(address: &str, capabilities: Capabilities) -> Result<Client> {
    let start = Instant::now();
    loop {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        match builder.capabilities(capabilities.clone()).connect(address).await {
            Ok(client) => return Ok(client),
            Err(error) if start.elapsed() > PATIENCE => return Err(error).context("no window"),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

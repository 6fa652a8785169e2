//! The window. It passes what the screens ask to `commands` and shows file dialogs; it decides
//! nothing.

mod call;
mod dialog;
mod progress;

use call::Shared;
use commands::{Context, Desk};
use jiff::Timestamp;
use progress::Cancelled;
use std::error::Error;
use tauri::plugin::{self, TauriPlugin};
use tauri::{App, Manager, Url, WebviewWindowBuilder, Wry};

/// Opens the window and stays until it is closed.
pub fn run() -> tauri::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(own_pages_only())
        .setup(|app| {
            let cancelled = Cancelled::default();
            let watch = progress::watch(app.handle().clone(), cancelled.clone());
            app.manage(Shared::new(
                Context::new(desk(app)?, Timestamp::now).watched(watch),
                cancelled,
            ));
            open_window(app)
        })
        .invoke_handler(tauri::generate_handler![
            call::call,
            call::cancel,
            call::startup_file,
            dialog::choose_file,
            dialog::choose_files,
            dialog::choose_folder,
            dialog::choose_save
        ])
        .run(tauri::generate_context!())
}

/// The window is called as the page in it is. It keeps its name where the system takes no other.
fn open_window(app: &App) -> Result<(), Box<dyn Error>> {
    for window in &app.config().app.windows {
        WebviewWindowBuilder::from_config(app, window)?
            .on_document_title_changed(|window, title| drop(window.set_title(&title)))
            .build()?;
    }
    Ok(())
}

/// The window shows its own pages and goes nowhere else, whatever asks it to.
fn own_pages_only() -> TauriPlugin<Wry> {
    plugin::Builder::new("own-pages-only")
        .on_navigation(|window, url| {
            // Under `make dev` alone the pages come from a server, so that they reload.
            let server = window.config().build.dev_url.as_ref().map(Url::origin);
            is_own_page(url) || server == Some(url.origin())
        })
        .build()
}

/// Pages are served under a scheme of their own, or, where a webview knows none, under a host that no
/// network has.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        _ => url.host_str() == Some("tauri.localhost"),
    }
}

/// The packets lie in the program's own folder; exports go to the documents.
fn desk(app: &App) -> tauri::Result<Desk> {
    let paths = app.path();
    let exports = paths.document_dir().or_else(|_| paths.home_dir())?;
    Ok(Desk::new(paths.app_data_dir()?.join("packets"), exports))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Url, is_own_page};
    use serde_json::Value;

    #[test]
    fn a_desktop_is_told_of_our_files_what_the_package_says_of_them() {
        let config: Value = serde_json::from_str(include_str!("../../tauri.conf.json")).unwrap();
        let told = include_str!("../linux/mime.xml");
        let associations = config["bundle"]["fileAssociations"].as_array().unwrap();
        assert_eq!(told.matches("<mime-type ").count(), associations.len());
        // The bundler's own entry would start the program without the file.
        assert_eq!(
            config["bundle"]["linux"]["deb"]["desktopTemplate"],
            "src-tauri/linux/primum.desktop.hbs"
        );
        let entry = include_str!("../linux/primum.desktop.hbs");
        assert!(entry.lines().any(|line| line == "Exec={{exec}} %f"));
        let types = entry.lines().find_map(|line| line.strip_prefix("MimeType=")).unwrap();
        let of_ours = associations.iter().map(|one| one["mimeType"].as_str().unwrap());
        assert_eq!(types.split_terminator(';').collect::<Vec<_>>(), of_ours.collect::<Vec<_>>());
        for association in associations {
            let (mime, ending) = (&association["mimeType"], &association["ext"][0]);
            let (mime, ending) = (mime.as_str().unwrap(), ending.as_str().unwrap());
            let (_, about) = told.split_once(&format!("<mime-type type=\"{mime}\">")).unwrap();
            let (about, _) = about.split_once("</mime-type>").unwrap();
            assert!(about.contains(&format!("pattern=\"*.{ending}\"")), "{ending}");
        }
    }

    #[test]
    fn only_our_own_pages_are_navigated_to() {
        for own in ["tauri://localhost/", "tauri://localhost/#rate", "http://tauri.localhost/x"] {
            assert!(is_own_page(&Url::parse(own).unwrap()), "{own}");
        }
        for other in ["http://example.org/", "https://localhost/", "tauri://evil/x", "data:,x"] {
            assert!(!is_own_page(&Url::parse(other).unwrap()), "{other}");
        }
    }
}

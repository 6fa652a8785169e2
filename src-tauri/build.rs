//! Prepares the window: capabilities and permissions live beside the shell, not beside the manifest.

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    // The context macro wants a page to embed; checks and tests of the Rust side need no built one.
    let page = Path::new("ui/dist/index.html");
    if !page.exists() {
        fs::create_dir_all("ui/dist")?;
        fs::write(
            page,
            "<!doctype html><title>Primum</title><p>Run `make run` to build the screens.</p>",
        )?;
    }
    println!("cargo:rerun-if-changed=ui/dist");
    let manifest =
        tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/**/*");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/**/*")
        .app_manifest(manifest);
    tauri_build::try_build(attributes)?;
    Ok(())
}

//! Figures as files.

use crate::Failure;
use figures::Figure;
use std::path::{Path, PathBuf};

/// What figures are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureFormat {
    /// Lines and letters, which can be enlarged and edited.
    Svg,
    /// Pixels.
    Png,
    /// A file of either.
    Both,
}

/// The kind of a file, by its ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FigureKind {
    Svg,
    Png,
}

impl FigureKind {
    pub(crate) const ALL: [Self; 2] = [Self::Svg, Self::Png];

    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    pub(crate) fn bytes(self, figure: &Figure) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Svg => Ok(figure.svg().into_bytes()),
            Self::Png => figure.png().map_err(Failure::refused),
        }
    }
}

/// A folder for figures.
#[derive(Debug)]
pub struct FigureFolder {
    folder: PathBuf,
    format: FigureFormat,
}

/// What was written, and what to know of it.
#[derive(Debug)]
pub struct FiguresWritten {
    /// The names of the files.
    pub files: Vec<String>,
    /// What is not in them as it should be, in a sentence each.
    pub cautions: Vec<String>,
}

impl FigureFolder {
    /// Checks that files can be written there, before there is anything to write. The folder itself need not be
    /// there yet.
    ///
    /// # Errors
    /// Why they cannot.
    pub fn new(folder: PathBuf, format: FigureFormat) -> Result<Self, Failure> {
        exchange::check_folder(&folder)?;
        Ok(Self { folder, format })
    }

    /// Writes each figure under its name: all files or none, and none over another.
    ///
    /// # Errors
    /// Where another file has one of the names, or none can be written.
    pub fn write(&self, figures: &[Figure]) -> Result<FiguresWritten, Failure> {
        let kinds = FigureKind::ALL.into_iter().filter(|kind| self.holds(*kind));
        let files: Vec<(String, Vec<u8>)> = kinds
            .flat_map(|kind| figures.iter().map(move |figure| (kind, figure)))
            .map(|(kind, figure)| {
                Ok((format!("{}.{}", figure.name, kind.ending()), kind.bytes(figure)?))
            })
            .collect::<Result<_, Failure>>()?;
        let places: Vec<PathBuf> = files.iter().map(|(name, _)| self.folder.join(name)).collect();
        let bytes = files.iter().map(|(_, bytes)| bytes.as_slice());
        exchange::write_all_new(places.iter().map(PathBuf::as_path).zip(bytes))?;
        let cautions = if self.holds(FigureKind::Png) {
            figures.iter().filter_map(caution).collect()
        } else {
            Vec::new()
        };
        Ok(FiguresWritten { files: files.into_iter().map(|(name, _)| name).collect(), cautions })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    fn holds(&self, kind: FigureKind) -> bool {
        match self.format {
            FigureFormat::Svg => kind == FigureKind::Svg,
            FigureFormat::Png => kind == FigureKind::Png,
            FigureFormat::Both => true,
        }
    }
}

/// What a PNG file lacks.
pub(crate) fn caution(figure: &Figure) -> Option<String> {
    let letters: Vec<String> =
        figure.letters_without_shape().into_iter().map(String::from).collect();
    (!letters.is_empty()).then(|| {
        format!(
            "{}.png shows boxes instead of {}, which its typeface lacks; the SVG file has them.",
            figure.name,
            letters.join(" ")
        )
    })
}

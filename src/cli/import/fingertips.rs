//! `prioritise import fingertips`: public health figures.

use std::path::PathBuf;

use super::shared::{CandidateWord, CitedDocument, OutputFolder, paths, write};
use crate::cli::Exit;
use crate::cli::disk::Disk;
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::import::fingertips::{self, FingertipsOptions, ValueUnit};

/// Public health figures from Fingertips
#[derive(Debug, clap::Args)]
pub(super) struct Fingertips {
    /// The CSV files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Your area, by name or code; the other areas of its type are compared with it
    #[arg(long, value_name = "AREA")]
    area: String,
    /// An indicator, by its id; repeat for each; all if left out
    #[arg(long, value_name = "ID")]
    indicator: Vec<String>,
    /// `Male` or `Female`; `Persons` if left out
    #[arg(long)]
    sex: Option<String>,
    /// Which ages, as printed: needed where an indicator has several
    #[arg(long)]
    age: Option<String>,
    /// Which period, as printed; the latest if left out
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// What the values are: `percentage`, `number`, `per-1000`, `per-10000` or `per-100000`; needed where neither the
    /// indicator's name nor its unit says so
    #[arg(long, value_parser = unit)]
    unit: Option<ValueUnit>,
    /// What each indicator is
    #[arg(long, value_enum, default_value = "theme")]
    kind: CandidateWord,
    #[command(flatten)]
    document: CitedDocument,
    #[command(flatten)]
    into: OutputFolder,
}

fn unit(text: &str) -> Result<ValueUnit, String> {
    let digits = text.strip_prefix("per-").map(|digits| digits.replace(',', ""));
    let per = digits.and_then(|digits| digits.parse::<u32>().ok()).filter(|per| *per > 0);
    match (text, per) {
        ("percentage" | "%", _) => Ok(ValueUnit::Percentage),
        ("number", _) => Ok(ValueUnit::Number),
        (_, Some(per)) => Ok(ValueUnit::Rate(f64::from(per))),
        _ => Err("write `percentage`, `number` or, for a rate, `per-1000`, `per-10000` or `per-100000`".to_owned()),
    }
}

pub(super) fn run(asked: &Fingertips, terminal: &Terminal) -> Result<Exit, Problems> {
    let options = FingertipsOptions {
        paths: paths(&asked.files)?,
        area: asked.area.clone(),
        indicators: asked.indicator.clone(),
        sex: asked.sex.clone(),
        age: asked.age.clone(),
        period: asked.period.clone(),
        unit: asked.unit,
        kind: asked.kind.into(),
        cited: asked.document.cited(),
    };
    write(&fingertips::import(&Disk, &options)?, &asked.into, terminal)
}

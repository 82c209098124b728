//! Makes street files as data.police.uk publishes them, at national size: `street FOLDER ROWS`.
//!
//! 36 months of 43 forces and 35,672 neighbourhoods; the same bytes for the same number of rows. Anti-social behaviour
//! has no Crime ID, one row in 50 has its location in quotes, one in 100 no location, one in 200 a Crime ID that the
//! row before it has. British Transport Police has a file of its own.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "it makes files and says how")]

#[path = "../large/splitmix.rs"]
mod splitmix;

use std::fs::{File, create_dir_all};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use prioritise::import::police_uk::CRIME_TYPES;
use rayon::prelude::*;
use splitmix::SplitMix;

const MONTHS: u64 = 36;
/// The last one is British Transport Police.
const FORCES: u64 = 44;
const AREAS: u64 = 35_672;
const HEADER: &str = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,\
                      Crime type,Last outcome category,Context\n";
/// How many rows in a hundred each crime type has.
const SHARES: [u64; 14] = [18, 1, 4, 8, 3, 2, 7, 1, 7, 1, 8, 2, 6, 32];
const OUTCOMES: [&str; 4] = [
    "Investigation complete; no suspect identified",
    "Unable to prosecute suspect",
    "Under investigation",
    "Awaiting court outcome",
];

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [folder, rows] = &*arguments else {
        println!("street FOLDER ROWS makes street files; nothing is measured here");
        return Ok(());
    };
    let rows: u64 = rows.replace('_', "").parse().map_err(std::io::Error::other)?;
    let files: Vec<(u64, u64)> = (0..MONTHS).flat_map(|month| (0..FORCES).map(move |force| (month, force))).collect();
    files.into_par_iter().try_for_each(|(month, force)| {
        // As even as whole numbers can be.
        let number = month * FORCES + force;
        let of = MONTHS * FORCES;
        write(Path::new(folder), month, force, rows * (number + 1) / of - rows * number / of)
    })
}

fn write(folder: &Path, month: u64, force: u64, rows: u64) -> std::io::Result<()> {
    let month_text = format!("{}-{:02}", 2022 + month / 12, month % 12 + 1);
    let name = if force + 1 == FORCES { "btp".to_owned() } else { format!("force-{force:02}") };
    let folder = folder.join(&month_text);
    create_dir_all(&folder)?;
    let mut file =
        BufWriter::with_capacity(1 << 20, File::create(folder.join(format!("{month_text}-{name}-street.csv")))?);
    file.write_all(HEADER.as_bytes())?;
    let mut random = SplitMix(month * 1_000 + force);
    let mut id = String::new();
    for _ in 0..rows {
        row(&mut file, &mut random, &month_text, force, &mut id)?;
    }
    file.flush()
}

fn row(
    file: &mut impl std::io::Write,
    random: &mut SplitMix,
    month: &str,
    force: u64,
    id: &mut String,
) -> std::io::Result<()> {
    let police = if force + 1 == FORCES {
        "British Transport Police".to_owned()
    } else {
        format!("Force {force:02} Constabulary")
    };
    let kind = kind(random.below(100));
    if random.below(200) > 0 || id.is_empty() {
        id.clear();
        (0..4).for_each(|_| id.push_str(&format!("{:016x}", random.next())));
    }
    let crime = if kind == 0 { "" } else { &**id };
    let outcome = if kind == 0 {
        ""
    } else {
        OUTCOMES.get(usize::try_from(random.below(4)).unwrap_or(0)).copied().unwrap_or_default()
    };
    let title = CRIME_TYPES.get(kind).copied().unwrap_or_default();
    let area = area(random, force);
    let street = random.below(5_000);
    let quoted = random.below(50) == 0;
    let location = if quoted {
        format!("\"On or near Street {street}, \"\"The Close\"\"\"")
    } else {
        format!("On or near Street {street}")
    };
    if random.below(100) == 0 {
        return writeln!(file, "{crime},{month},{police},{police},,,No Location,,,{title},{outcome},");
    }
    let (east, north) = (random.below(4_000_000), random.below(3_000_000));
    writeln!(
        file,
        "{crime},{month},{police},{police},-{}.{:06},{}.{:06},{location},E{:08},District {:03} {:03}A,{title},{outcome},",
        east / 1_000_000,
        east % 1_000_000,
        51 + north / 1_000_000,
        north % 1_000_000,
        1_000_000 + area,
        area / 110,
        area % 110,
    )
}

/// An area of this force, some far more often than others; sometimes one of the next force.
fn area(random: &mut SplitMix, force: u64) -> u64 {
    let of_force = AREAS / (FORCES - 1);
    let near = random.below(of_force).min(random.below(of_force));
    let force = if random.below(500) == 0 { force + 1 } else { force };
    (force * of_force + near) % AREAS
}

fn kind(hundredth: u64) -> usize {
    let mut below = 0;
    let ends = SHARES.map(|share| {
        below += share;
        below
    });
    ends.iter().filter(|end| **end <= hundredth).count()
}

//! Last year's tables with the same rows and no figures.

use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

use crate::diagnostic::{Code, Problem};
use crate::files::join;
use crate::record::Inputs;

/// The columns that say which row is whose.
const KEPT: [&str; 4] = ["id", "title", "area", "area_title"];

/// Puts the file of a table among `files`, with the cells of its rows emptied but for those that say whose they are. Of a
/// file that several tables read, what each keeps is kept.
///
/// # Errors
/// A file that can't be read as CSV.
pub(super) fn emptied(table: &Value, inputs: &Inputs, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Problem> {
    let text = |key: &str| table.get(key).and_then(Value::as_str);
    let Some(name) = text("file").map(|name| join(".", name)) else { return Ok(()) };
    let Some(bytes) = inputs.files().get(&format!("assessment/{name}")) else { return Ok(()) };
    let kept: BTreeSet<&str> = KEPT.iter().filter_map(|key| text(key)).collect();
    let made = files.get(&name).cloned();
    let emptied = without_figures(bytes, made.as_deref(), &kept).map_err(|error| {
        Problem::new(Code::BadCsv, format!("`{name}` can't be read: {error}")).help("mend the table")
    })?;
    files.insert(name, emptied);
    Ok(())
}

/// The rows with the cells of columns that are kept, and with those that `made` kept before.
fn without_figures(bytes: &[u8], made: Option<&[u8]>, kept: &BTreeSet<&str>) -> csv::Result<Vec<u8>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers()?.clone();
    let mut before = made.map(csv::Reader::from_reader);
    let mut before = before.as_mut().map(csv::Reader::records);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headers)?;
    for row in reader.records() {
        let (row, before) = (row?, before.as_mut().and_then(Iterator::next).transpose()?);
        let cell = |(at, header): (usize, &str)| match kept.contains(header.trim()) {
            true => row.get(at).unwrap_or_default().to_owned(),
            false => before.as_ref().and_then(|row| row.get(at)).unwrap_or_default().to_owned(),
        };
        writer.write_record(headers.iter().enumerate().map(cell))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_figures_go() {
        let bytes = b"id,ward,\"crimes, all\",asb\r\na,\"North, old\",12,3\r\nb,South,<5,\r\n";
        let emptied = without_figures(bytes, None, &BTreeSet::from(["id"])).unwrap();
        assert_eq!(String::from_utf8(emptied.clone()).unwrap(), "id,ward,\"crimes, all\",asb\na,,,\nb,,,\n");
        let again = without_figures(bytes, Some(&emptied), &BTreeSet::from(["ward"])).unwrap();
        assert_eq!(String::from_utf8(again).unwrap(), "id,ward,\"crimes, all\",asb\na,\"North, old\",,\nb,South,,\n");
    }
}

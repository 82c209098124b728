//! What the files say, judged: from the types of [`super::format`] to those that can't be wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::evidence::{
    Count, Evidence, Figure, Judged, Judgement, Offence, Offences, Origin, Peer, Peers, Percentage, Published, Rate,
    Score, Series,
};
use super::format::{self, AssessmentFile, ColumnKind, EvidenceFile};
use super::period::FORMS;
use super::table::{Cell, Common, Rows, TableColumn, read_cell, suppressed};
use super::{Assessment, Candidate, Column, Document, Period};
use crate::diagnostic::{Code, Place, Problem, Problems, Source, did_you_mean};
use crate::stats::Estimate;
use crate::toml_file::{At, Checker, Number, is_id};

/// The files of an assessment, read and parsed.
pub(super) struct Gathered {
    pub source: Arc<Source>,
    pub file: AssessmentFile,
    pub rules: (String, Place),
    pub evidence: Vec<(Arc<Source>, EvidenceFile)>,
    /// As many as the file has tables; none where one could not be read.
    pub tables: Vec<Option<Rows>>,
}

/// The assessment that the files make, if nothing in them stops it.
pub(super) fn validate(gathered: Gathered, digest: String, problems: &mut Problems) -> Option<Assessment> {
    let Gathered { source, file, evidence, tables, .. } = gathered;
    let mut check = Checker { source: &source, problems };
    let header = &file.assessment;
    let title = check.text(&header.title, "the title");
    let partnership = check.text(&header.partnership, "the partnership");
    let period = period(&mut check, &header.period);
    let sources = sources(&mut check, &file.source);
    let population = file.population.as_ref().and_then(|population| {
        known_source(&mut check, &population.source, &sources);
        check.whole(&population.people, "a population")
    });
    let facts = Facts { sources: &sources, population };

    let candidates = candidates(&evidence, &file, &tables, &source, problems);
    let numbers: BTreeMap<&str, usize> =
        candidates.iter().enumerate().map(|(number, candidate)| (&*candidate.id, number)).collect();
    let mut columns: BTreeMap<String, Column> = BTreeMap::new();
    for (source, file) in &evidence {
        let mut check = Checker { source, problems };
        for candidate in &file.candidate {
            written_evidence(&mut check, &facts, candidate, &numbers, &mut columns);
        }
    }
    for (table, rows) in file.table.iter().zip(&tables) {
        let mut check = Checker { source: &source, problems };
        if let Some(rows) = rows {
            table_evidence(&mut check, &facts, table, rows, &numbers, &mut columns);
        }
    }
    if candidates.is_empty() && !problems.any_error() {
        let place = Place::new(&source, header.title.span.clone());
        problems.push(
            Problem::new(Code::NoCandidates, "the assessment has no candidate to rank")
                .at(place)
                .help("name evidence files with `[[candidate]]` tables under `evidence`, or add a `[[table]]`"),
        );
    }
    Some(Assessment {
        title: title?,
        partnership: partnership?,
        period: period?,
        sources,
        candidates,
        evidence: columns,
        digest,
    })
}

/// What evidence is judged against.
struct Facts<'a> {
    sources: &'a BTreeMap<String, Document>,
    population: Option<f64>,
}

fn period(check: &mut Checker<'_>, text: &At<String>) -> Option<Period> {
    Period::parse(&text.value).map_err(|message| check.problem(Code::BadPeriod, &text.span, message, FORMS)).ok()
}

fn sources(check: &mut Checker<'_>, written: &[format::Source]) -> BTreeMap<String, Document> {
    let mut sources = BTreeMap::new();
    for source in written {
        if let Some(date) = &source.date {
            period(check, date);
        }
        let (Some(id), Some(title)) = (check.id(&source.id), check.text(&source.title, "the document's title")) else {
            continue;
        };
        let document = Document {
            title,
            publisher: source.publisher.clone(),
            date: source.date.as_ref().map(|date| date.value.clone()),
            note: source.note.clone(),
        };
        if sources.insert(id.clone(), document).is_some() {
            check.duplicate(&source.id.span, "a source", &id);
        }
    }
    sources
}

fn known_source(check: &mut Checker<'_>, source: &At<String>, sources: &BTreeMap<String, Document>) {
    if !sources.contains_key(&source.value) {
        let help = did_you_mean(&source.value, sources.keys().map(String::as_str));
        let message = format!("there is no source `{}` in assessment.toml", source.value);
        check.problem(Code::UnknownId, &source.span, message, help);
    }
}

/// All candidates of files and tables, ascending by id.
fn candidates(
    evidence: &[(Arc<Source>, EvidenceFile)],
    file: &AssessmentFile,
    tables: &[Option<Rows>],
    source: &Arc<Source>,
    problems: &mut Problems,
) -> Vec<Candidate> {
    let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
    for (source, file) in evidence {
        let mut check = Checker { source, problems };
        for candidate in &file.candidate {
            let (Some(id), Some(title)) =
                (check.id(&candidate.id), check.text(&candidate.title, "the candidate's title"))
            else {
                continue;
            };
            let about = candidate.about.clone();
            let kind = Some(candidate.kind.value);
            if found.insert(id.clone(), Candidate { id: id.clone(), title, kind, about }).is_some() {
                check.duplicate(&candidate.id.span, "a candidate", &id);
            }
        }
    }
    for (table, rows) in file.table.iter().zip(tables) {
        if let Some(rows) = rows {
            table_candidates(table, rows, source, problems, &mut found);
        }
    }
    found.into_values().collect()
}

fn table_candidates(
    table: &format::Table,
    rows: &Rows,
    source: &Arc<Source>,
    problems: &mut Problems,
    found: &mut BTreeMap<String, Candidate>,
) {
    let place = |at: &At<String>| Place::new(source, at.span.clone());
    let id_column = rows.column(&table.id.value, place(&table.id), problems);
    let title_column = table.title.as_ref().and_then(|title| rows.column(&title.value, place(title), problems));
    let Some(id_column) = id_column else { return };
    let mut seen = BTreeSet::new();
    for row in &rows.rows {
        let id = row.get(id_column).unwrap_or_default();
        let problem = if !is_id(id) {
            Some((Code::BadId, format!("`{id}` can't be an id"), "use letters, digits, `-`, `_` and `.`"))
        } else if !seen.insert(id) {
            Some((Code::DuplicateId, format!("there is already a row for `{id}`"), "take one of the two out"))
        } else {
            None
        };
        if let Some((code, message, help)) = problem {
            problems.push(Problem::new(code, message).at(rows.place(row, id_column)).help(help));
            continue;
        }
        let title = title_column.and_then(|column| row.get(column)).filter(|title| !title.is_empty()).unwrap_or(id);
        let kind = table.kind.as_ref().map(|kind| kind.value);
        found.entry(id.to_owned()).or_insert_with(|| Candidate {
            id: id.to_owned(),
            title: title.split_whitespace().collect::<Vec<_>>().join(" "),
            kind,
            about: None,
        });
    }
}

fn written_evidence(
    check: &mut Checker<'_>,
    facts: &Facts<'_>,
    candidate: &format::Candidate,
    numbers: &BTreeMap<&str, usize>,
    columns: &mut BTreeMap<String, Column>,
) {
    for (name, written) in &candidate.evidence {
        let figure = figure(check, facts, written);
        let origin = origin(check, facts, written, figure.as_ref());
        let Some(number) = numbers.get(&*candidate.id.value) else { continue };
        // A figure that can't be read is noted above; its name is judged all the same.
        let figure = figure.unwrap_or_else(|| Figure::Missing("it could not be read".into()));
        let evidence = Evidence { figure, origin: Arc::new(origin), place: check.place(&written.span) };
        columns.entry(name.clone()).or_default().written.insert(*number, evidence);
    }
}

/// The figure that a piece of evidence gives, under just one of the keys that can give one.
fn figure(check: &mut Checker<'_>, facts: &Facts<'_>, written: &At<format::Evidence>) -> Option<Figure> {
    let evidence = &written.value;
    let given = [
        ("count", evidence.count.is_some()),
        ("suppressed", evidence.suppressed.is_some()),
        ("series", evidence.series.is_some()),
        ("rate", evidence.rate.is_some()),
        ("percentage", evidence.percentage.is_some()),
        ("number", evidence.number.is_some()),
        ("offences", evidence.offences.is_some()),
        ("peers", evidence.peers.is_some()),
        ("judgement", evidence.judgement.is_some()),
        ("scores", evidence.scores.is_some()),
        ("answer", evidence.answer.is_some()),
        ("missing", evidence.missing.is_some()),
    ];
    let named: Vec<&str> = given.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
    if named.len() != 1 {
        let message = match &*named {
            [] => "this evidence has no figure".to_owned(),
            many => format!("this evidence says {} things: {}", many.len(), crate::diagnostic::quoted_list(many)),
        };
        let help = "give just one of `count`, `suppressed`, `series`, `rate`, `percentage`, `number`, `offences`, \
                    `peers`, `judgement`, `scores`, `answer` and `missing`";
        check.problem(Code::WhichEvidence, &written.span, message, help);
        return None;
    }
    let span = &written.span;
    match () {
        () if evidence.count.is_some() || evidence.suppressed.is_some() => count(check, facts, evidence, span),
        () if evidence.series.is_some() => series(check, facts, evidence),
        () if evidence.rate.is_some() => rate(check, evidence, span),
        () if evidence.percentage.is_some() => percentage(check, evidence),
        () if evidence.number.is_some() => {
            let number = check.finite(evidence.number.as_ref()?)?;
            interval(check, evidence, number).map(Figure::Number)
        }
        () if evidence.offences.is_some() => offences(check, evidence, span),
        () if evidence.peers.is_some() => peers(check, evidence, span),
        () if evidence.judgement.is_some() || evidence.scores.is_some() => judgement(check, evidence, span),
        () if evidence.answer.is_some() => evidence.answer.as_ref().map(|answer| Figure::Answer(answer.value)),
        () => check.text(evidence.missing.as_ref()?, "the reason").map(|reason| Figure::Missing(reason.into())),
    }
}

fn needs<'a, T>(check: &mut Checker<'_>, key: &str, value: Option<&'a T>, span: &Range<usize>) -> Option<&'a T> {
    if value.is_none() {
        let message = format!("the key `{key}` is missing");
        check.problem(Code::MissingKey, span, message, format!("add `{key} = …` to this table"));
    }
    value
}

fn own_population(check: &mut Checker<'_>, facts: &Facts<'_>, evidence: &format::Evidence) -> Option<f64> {
    match &evidence.population {
        Some(people) => check.whole(people, "a population"),
        None => facts.population,
    }
}

fn count(
    check: &mut Checker<'_>,
    facts: &Facts<'_>,
    evidence: &format::Evidence,
    span: &Range<usize>,
) -> Option<Figure> {
    let period = needs(check, "period", evidence.period.as_ref(), span).and_then(|text| period(check, text));
    let population = own_population(check, facts, evidence);
    if let Some(mark) = &evidence.suppressed {
        return match suppressed(&mark.value) {
            Some(Some((lower, upper))) => Some(Figure::Count(Count {
                count: lower + (upper - lower) / 2.0,
                suppressed: Some((lower, upper)),
                period: period?,
                population,
            })),
            Some(None) => Some(Figure::Missing(format!("its publisher withheld it (`{}`)", mark.value).into())),
            None => {
                let message = format!("`{}` is no mark of a suppressed figure", mark.value);
                check.problem(Code::BadValue, &mark.span, message, "write `<5`, `*`, `c`, `..` or `-` as printed");
                None
            }
        };
    }
    let count = check.whole(evidence.count.as_ref()?, "a count");
    Some(Figure::Count(Count { count: count?, suppressed: None, period: period?, population }))
}

fn series(check: &mut Checker<'_>, facts: &Facts<'_>, evidence: &format::Evidence) -> Option<Figure> {
    let points = evidence.series.as_ref()?;
    let population = own_population(check, facts, evidence);
    let mut counts: Vec<Count> = Vec::new();
    for point in &points.value {
        let period = period(check, &point.value.period);
        let count = check.whole(&point.value.count, "a count");
        let (Some(period), Some(count)) = (period, count) else { continue };
        if counts.last().is_some_and(|earlier| earlier.period >= period) {
            let message = format!("`{}` does not come after the period before it", point.value.period.value);
            check.problem(Code::BadPeriod, &point.value.period.span, message, "put the oldest first, each period once");
        }
        counts.push(Count { count, suppressed: None, period, population });
    }
    if points.value.is_empty() {
        check.problem(Code::BadValue, &points.span, "the series is empty", "add a count, or say `missing = \"why\"`");
    }
    (counts.len() == points.value.len() && !counts.is_empty()).then(|| Figure::Series(Series { counts: counts.into() }))
}

fn rate(check: &mut Checker<'_>, evidence: &format::Evidence, span: &Range<usize>) -> Option<Figure> {
    let rate = check.not_negative(evidence.rate.as_ref()?, "a rate");
    let per = needs(check, "per", evidence.per.as_ref(), span).and_then(|per| check.positive(per, "`per`"));
    let rate = interval(check, evidence, rate?)?;
    Some(Figure::Rate(Rate { rate, per: per? }))
}

fn percentage(check: &mut Checker<'_>, evidence: &format::Evidence) -> Option<Figure> {
    let written = evidence.percentage.as_ref()?;
    let percentage = check.finite(written)?;
    if !(0.0..=100.0).contains(&percentage) {
        let message = format!("a percentage can't be {percentage}");
        let help = "write 0 to 100; a percentage change goes under `number`";
        check.problem(Code::PercentageOutOfRange, &written.span, message, help);
        return None;
    }
    let base = match &evidence.base {
        Some(base) => Some(check.whole(base, "a base")?).filter(|base| *base > 0.0),
        None => None,
    };
    let percentage = interval(check, evidence, percentage)?;
    Some(Figure::Percentage(Percentage { percentage, base }))
}

/// A figure with its published interval: both ends or neither.
fn interval(check: &mut Checker<'_>, evidence: &format::Evidence, figure: f64) -> Option<Estimate> {
    let (lower, upper) = match (&evidence.lower, &evidence.upper) {
        (None, None) => return Some(Estimate::exact(figure)),
        (Some(lower), Some(upper)) => (lower, upper),
        (Some(only), None) | (None, Some(only)) => {
            check.problem(Code::MissingKey, &only.span, "an interval has two ends", "add `lower` or `upper`");
            return None;
        }
    };
    let (low, high) = (check.finite(lower)?, check.finite(upper)?);
    if low <= figure && figure <= high {
        return Some(Estimate::between(figure, low, high));
    }
    let message = format!("{figure} is not between {low} and {high}");
    check.problem(Code::BadValue, &lower.span, message, "an interval holds its figure");
    None
}

fn offences(check: &mut Checker<'_>, evidence: &format::Evidence, span: &Range<usize>) -> Option<Figure> {
    let rows = evidence.offences.as_ref()?;
    let period = needs(check, "period", evidence.period.as_ref(), span).and_then(|text| period(check, text));
    if rows.value.is_empty() {
        check.problem(
            Code::BadValue,
            &rows.span,
            "the offence table is empty",
            "add an offence, or say `missing = \"why\"`",
        );
        return None;
    }
    let mut offences: Vec<Offence> = Vec::new();
    for row in &rows.value {
        let offence = check.text(&row.value.offence, "the offence");
        let count = check.whole(&row.value.count, "a count");
        let harm = check.not_negative(&row.value.harm, "a harm weight");
        let (Some(offence), Some(count), Some(harm)) = (offence, count, harm) else { continue };
        if offences.iter().any(|other| other.offence == offence) {
            check.duplicate(&row.value.offence.span, "an offence", &offence);
        }
        offences.push(Offence { offence, count, harm });
    }
    Some(Figure::Offences(Offences { offences: offences.into(), period: period? }))
}

fn peers(check: &mut Checker<'_>, evidence: &format::Evidence, span: &Range<usize>) -> Option<Figure> {
    let rows = evidence.peers.as_ref()?;
    let area = needs(check, "area", evidence.area.as_ref(), span)?;
    let mut peers: Vec<Peer> = Vec::new();
    for row in &rows.value {
        let name = check.text(&row.value.area, "the area");
        let rate = peer_rate(check, row);
        if let (Some(area), Some(rate)) = (name, rate) {
            peers.push(Peer { area, rate });
        }
    }
    let own = peers.iter().position(|peer| peer.area == area.value.trim());
    if own.is_none() && peers.len() == rows.value.len() {
        let help = did_you_mean(&area.value, peers.iter().map(|peer| &*peer.area));
        check.problem(Code::UnknownId, &area.span, format!("`{}` is not among the peers", area.value), help);
    }
    if rows.value.len() < 2 {
        check.problem(
            Code::BadValue,
            &rows.span,
            "there is nobody to compare with",
            "list this area and at least one other",
        );
        return None;
    }
    Some(Figure::Peers(Peers { peers: peers.into(), own: own? }))
}

fn peer_rate(check: &mut Checker<'_>, row: &At<format::Peer>) -> Option<f64> {
    match (&row.value.rate, &row.value.count, &row.value.population) {
        (Some(rate), None, None) => check.not_negative(rate, "a rate"),
        (None, Some(count), Some(people)) => {
            let (count, people) = (check.whole(count, "a count"), check.positive(people, "a population"));
            Some(count? / people? * 1000.0)
        }
        _ => {
            let message = "a peer has `rate`, or `count` and `population`";
            check.problem(Code::WhichEvidence, &row.span, message, "give the one or the other two");
            None
        }
    }
}

fn judgement(check: &mut Checker<'_>, evidence: &format::Evidence, span: &Range<usize>) -> Option<Figure> {
    let scale = needs(check, "scale", evidence.scale.as_ref(), span).and_then(|scale| self::scale(check, scale))?;
    let mut scores: Vec<Score> = Vec::new();
    let mut within = |check: &mut Checker<'_>, score: &At<Number>, by: &At<String>| {
        let given = check.finite(score)?;
        if !(scale.0..=scale.1).contains(&given) {
            let message = format!("the score {given} is not on the scale from {} to {}", scale.0, scale.1);
            check.problem(Code::BadValue, &score.span, message, "give a score on the scale, or widen the scale");
            return None;
        }
        let by = check.text(by, "the role")?;
        scores.push(Score { by: by.into(), score: given });
        Some(())
    };
    match (&evidence.judgement, &evidence.scores) {
        (Some(score), _) => {
            let by = needs(check, "by", evidence.by.as_ref(), span)?;
            within(check, score, by)?;
        }
        (None, Some(list)) => {
            for score in &list.value {
                within(check, &score.value.score, &score.value.by)?;
            }
            if list.value.is_empty() {
                check.problem(Code::BadValue, &list.span, "nobody scored", "add a score, or say `missing = \"why\"`");
                return None;
            }
        }
        (None, None) => return None,
    }
    let because = evidence.because.as_ref().and_then(|because| check.text(because, "the reason")).unwrap_or_default();
    Some(Figure::Judgement(Judgement { scores: scores.into(), scale, because: because.into() }))
}

fn scale(check: &mut Checker<'_>, scale: &At<Vec<Number>>) -> Option<(f64, f64)> {
    match &*scale.value {
        [Number(low), Number(high)] if low.is_finite() && high.is_finite() && low < high => Some((*low, *high)),
        _ => {
            let help = "write the lowest and the highest possible score: `scale = [0, 5]`";
            check.problem(Code::BadValue, &scale.span, "this is no scale", help);
            None
        }
    }
}

/// Who says so; a figure needs its document and place, a judgement its author, date and reason.
fn origin(
    check: &mut Checker<'_>,
    facts: &Facts<'_>,
    written: &At<format::Evidence>,
    figure: Option<&Figure>,
) -> Origin {
    let evidence = &written.value;
    if let Some(source) = &evidence.source {
        known_source(check, source, facts.sources);
    }
    let roles = match figure {
        Some(Figure::Judgement(judgement)) => judgement.scores.iter().map(|score| score.by.to_string()).collect(),
        _ => Vec::new(),
    };
    let judged = evidence.judgement.is_some() || evidence.scores.is_some();
    let cited = evidence.source.is_some() && evidence.place.is_some();
    if judged {
        needs(check, "date", evidence.date.as_ref(), &written.span);
        needs(check, "because", evidence.because.as_ref(), &written.span);
    } else if !cited && evidence.missing.is_none() {
        let message = "this figure has no source: every figure names its document and the place in it";
        check.problem(Code::NoSource, &written.span, message, "add `source = \"…\"` and `where = \"…\"`");
    }
    if let Some(date) = &evidence.date {
        period(check, date);
    }
    let mut published = published(check, evidence.published.as_deref());
    for point in evidence.series.iter().flat_map(|series| &series.value) {
        published.extend(self::published(check, point.value.published.as_deref()));
    }
    Origin {
        source: evidence.source.as_ref().map(|source| source.value.clone()),
        place: evidence.place.as_ref().and_then(|place| check.text(place, "the place in the source")),
        judged: judged.then(|| Judged {
            by: roles,
            date: evidence.date.as_ref().map(|date| date.value.clone()).unwrap_or_default(),
            because: evidence.because.as_ref().map(|because| because.value.clone()).unwrap_or_default(),
        }),
        illustration: evidence.illustration.unwrap_or(false),
        context: evidence.context.unwrap_or(false),
        note: evidence.note.clone(),
        published,
    }
}

fn published(check: &mut Checker<'_>, written: Option<&[format::Published]>) -> Vec<Published> {
    let mut list = Vec::new();
    for figure in written.unwrap_or_default() {
        let printed = match (&figure.rate, &figure.percentage, &figure.change) {
            (Some(rate), None, None) => {
                let per = figure.per.as_ref().and_then(|per| check.positive(per, "`per`")).unwrap_or(1000.0);
                digits(check, rate).map(|digits| format!("{digits} per {per}"))
            }
            (None, Some(percentage), None) => digits(check, percentage).map(|digits| format!("{digits}%")),
            (None, None, Some(change)) => digits(check, change).map(|digits| format!("{digits}% change")),
            _ => {
                let message = "a published figure is one of `rate`, `percentage` and `change`";
                check.problem(Code::WhichEvidence, &figure.place.span, message, "give just one of them");
                None
            }
        };
        if let (Some(printed), Some(place)) = (printed, check.text(&figure.place, "the place in the source")) {
            list.push(Published { printed, place });
        }
    }
    list
}

/// A number as printed, with its digits.
fn digits(check: &mut Checker<'_>, text: &At<String>) -> Option<String> {
    if text.value.parse::<f64>().is_ok_and(f64::is_finite) {
        return Some(text.value.clone());
    }
    let message = format!("`{}` is not a number as printed", text.value);
    check.problem(Code::BadValue, &text.span, message, "write the digits in quotes: \"6.3\"");
    None
}

fn table_evidence(
    check: &mut Checker<'_>,
    facts: &Facts<'_>,
    table: &format::Table,
    rows: &Rows,
    numbers: &BTreeMap<&str, usize>,
    columns: &mut BTreeMap<String, Column>,
) {
    let Some(id_column) = rows.headers.iter().position(|header| *header == table.id.value) else { return };
    let of_row: Vec<Option<usize>> =
        rows.rows.iter().map(|row| row.get(id_column).and_then(|id| numbers.get(id).copied())).collect();
    for (name, column) in &table.column {
        let common = common(check, facts, column);
        let cells = rows.column(&column.header.value, check.place(&column.header.span), check.problems);
        let populations = column
            .population
            .as_ref()
            .map(|header| rows.column(&header.value, check.place(&header.span), check.problems));
        let (Some(common), Some(cells)) = (common, cells) else { continue };
        let mut read = TableColumn {
            kind: column.kind.value,
            figures: vec![f64::NAN; numbers.len()],
            common,
            populations: populations.flatten().map(|_| vec![f64::NAN; numbers.len()]),
            suppressed: BTreeMap::new(),
            place: check.place(&column.header.span),
        };
        for (row, number) in rows.rows.iter().zip(&of_row) {
            let Some(number) = *number else { continue };
            read_figure(check.problems, rows, row, cells, number, &mut read);
            if let Some(column) = populations.flatten() {
                read_population(check.problems, rows, row, column, number, &mut read);
            }
        }
        let found = columns.entry(name.clone()).or_default();
        let twice = (0..numbers.len()).find(|number| read.get(*number).is_some() && found.get(*number).is_some());
        match twice.and_then(|number| numbers.iter().find(|(_, other)| **other == number)) {
            Some((id, _)) => check.duplicate(&column.header.span, &format!("evidence `{name}` for candidate"), id),
            None => found.tables.push(read),
        }
    }
}

/// What the cells of a column share.
fn common(check: &mut Checker<'_>, facts: &Facts<'_>, column: &format::Column) -> Option<Common> {
    let span = &column.header.span;
    if let Some(source) = &column.source {
        known_source(check, source, facts.sources);
    }
    let judged = column.kind.value == ColumnKind::Judgement;
    if !judged && (column.source.is_none() || column.place.is_none()) {
        let message = "this column has no source: every figure names its document and the place in it";
        check.problem(Code::NoSource, span, message, "add `source = \"…\"` and `where = \"…\"`");
    }
    let mut period = None;
    if let Some(text) = &column.period {
        period = Some(self::period(check, text)?);
    }
    if column.kind.value == ColumnKind::Count {
        needs(check, "period", column.period.as_ref(), span)?;
    }
    let mut per = 1.0;
    if column.kind.value == ColumnKind::Rate {
        per = needs(check, "per", column.per.as_ref(), span).and_then(|per| check.positive(per, "`per`"))?;
    }
    let (mut scale, mut by, mut because) = ((0.0, 1.0), String::new(), String::new());
    if judged {
        scale = needs(check, "scale", column.scale.as_ref(), span).and_then(|scale| self::scale(check, scale))?;
        by = needs(check, "by", column.by.as_ref(), span).and_then(|by| check.text(by, "the role"))?;
        because =
            needs(check, "because", column.because.as_ref(), span).and_then(|text| check.text(text, "the reason"))?;
        let date = needs(check, "date", column.date.as_ref(), span)?;
        self::period(check, date)?;
    }
    let origin = Origin {
        source: column.source.as_ref().map(|source| source.value.clone()),
        place: column.place.as_ref().map(|place| place.value.clone()),
        judged: judged.then(|| Judged {
            by: vec![by.clone()],
            date: column.date.as_ref().map(|date| date.value.clone()).unwrap_or_default(),
            because,
        }),
        illustration: column.illustration,
        context: column.context,
        note: column.note.clone(),
        published: Vec::new(),
    };
    Some(Common { period, per, scale, by: by.into(), origin: Arc::new(origin), population: facts.population })
}

fn read_figure(
    problems: &mut Problems,
    rows: &Rows,
    row: &csv::StringRecord,
    column: usize,
    number: usize,
    read: &mut TableColumn,
) {
    let text = row.get(column).unwrap_or_default();
    let wrong = match read_cell(text, read.kind) {
        Ok(Cell::Empty) => None,
        Ok(Cell::Suppressed(between)) => {
            read.suppressed.insert(number, between);
            None
        }
        Ok(Cell::Figure(figure)) => {
            let wrong = out_of_range(figure, read.kind, read.common.scale);
            if let (None, Some(slot)) = (wrong, read.figures.get_mut(number)) {
                *slot = figure;
            }
            wrong
        }
        Err(help) => Some((Code::BadCell, help)),
    };
    if let Some((code, help)) = wrong {
        let message =
            format!("`{text}` can't stand in the column `{}`", rows.headers.get(column).map_or("", |name| name));
        problems.push(Problem::new(code, message).at(rows.place(row, column)).help(help));
    }
}

fn out_of_range(figure: f64, kind: ColumnKind, scale: (f64, f64)) -> Option<(Code, &'static str)> {
    match kind {
        ColumnKind::Count if figure < 0.0 => Some((Code::Negative, "a count is a whole number from 0 up")),
        ColumnKind::Count if figure.fract() != 0.0 => Some((Code::NotWhole, "a count is a whole number from 0 up")),
        ColumnKind::Rate if figure < 0.0 => Some((Code::Negative, "a rate is a number from 0 up")),
        ColumnKind::Percentage if !(0.0..=100.0).contains(&figure) => {
            Some((Code::PercentageOutOfRange, "a percentage is a number from 0 to 100"))
        }
        ColumnKind::Judgement if !(scale.0..=scale.1).contains(&figure) => {
            Some((Code::BadValue, "give a score on the column's `scale`"))
        }
        _ => None,
    }
}

fn read_population(
    problems: &mut Problems,
    rows: &Rows,
    row: &csv::StringRecord,
    column: usize,
    number: usize,
    read: &mut TableColumn,
) {
    let text = row.get(column).unwrap_or_default();
    match read_cell(text, ColumnKind::Count) {
        Ok(Cell::Empty | Cell::Suppressed(_)) => {}
        Ok(Cell::Figure(people)) if people >= 0.0 && people.fract() == 0.0 => {
            if let Some(slot) = read.populations.as_mut().and_then(|all| all.get_mut(number)) {
                *slot = people;
            }
        }
        _ => problems.push(
            Problem::new(Code::BadCell, format!("`{text}` is not a number of people"))
                .at(rows.place(row, column))
                .help("write a whole number, or nothing where it is not known"),
        ),
    }
}

//! Where a piece of evidence comes from and what limits it, in words.

use crate::scoring::Citation;
use crate::words::listed;

/// A citation as phrases: who judged or which document says so and where, what was published beside it, and what a
/// reader should know before relying on it.
pub fn cited(citation: &Citation<'_>) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    if let Some(judged) = &citation.judged {
        parts.push(format!("judged by {} on {}: {}", listed(&judged.by), judged.date, judged.because));
    }
    parts.extend(place(citation.source.as_deref(), citation.place.as_deref()));
    parts.extend(citation.published.iter().map(|figure| format!("published as {} ({})", figure.printed, figure.place)));
    parts.extend(citation.points.iter().filter_map(|point| {
        Some(format!("{} from {}", point.period, place(point.source.as_deref(), point.place.as_deref())?))
    }));
    parts.extend(citation.note.clone());
    parts.extend(citation.caveats.iter().cloned());
    parts.extend(citation.breaks.iter().map(|broken| format!("series broken in {}: {}", broken.date, broken.cause)));
    if !citation.corroborated_by.is_empty() {
        parts.push(format!("borne out by {}", listed(&citation.corroborated_by)));
    }
    if citation.illustration {
        parts.push("ours, for illustration".to_owned());
    }
    parts
}

/// The document and the place in it.
fn place(source: Option<&str>, place: Option<&str>) -> Option<String> {
    match (source, place) {
        (Some(source), Some(place)) => Some(format!("{source}, {place}")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

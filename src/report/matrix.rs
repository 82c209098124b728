//! What members say of each theme, and who leads on it: themes by members.

use comfy_table::{Cell, CellAlignment, Table, TableStyle};

use super::page::Page;
use crate::assessment::members::{Filed, Listed, Member};
use crate::assessment::{MemberSays, Members};
use crate::ranked::RankedAssessment;
use crate::rules::Leader;
use crate::scoring::Trace;
use crate::words::{counted, listed, number, whole};

/// The themes of an assessment with members, in the order of the list.
pub(super) struct MemberMatrix<'a> {
    /// The members, in the order in which they are written.
    pub(super) members: Vec<&'a Member>,
    /// The themes.
    pub(super) rows: Vec<ThemeRow<'a>>,
    /// Whether the rules say who leads.
    pub(super) says_who_leads: bool,
}

/// What members say of a theme.
pub(super) struct ThemeRow<'a> {
    /// The theme.
    pub(super) trace: &'a Trace<'a>,
    /// What each member says.
    pub(super) says: Vec<MemberSays>,
    /// What the theme gathers of each member.
    pub(super) own: Vec<Vec<&'a Listed>>,
    /// The titles of the counted members that have it as a priority.
    pub(super) who: Vec<String>,
    /// How many counted members did not say.
    pub(super) unknown: usize,
    /// How far the places that members give it lie apart, as shares of their lists; none where fewer than two rank.
    pub(super) apart: Option<f64>,
}

impl<'a> MemberMatrix<'a> {
    /// None where the assessment has no members.
    pub(super) fn new(report: &'a RankedAssessment<'_>) -> Option<Self> {
        let membership = report.assessment.membership.as_ref()?;
        let row = |trace: &'a Trace<'a>| {
            let numbers = 0..membership.members.len();
            let says: Vec<MemberSays> =
                numbers.clone().filter_map(|number| membership.says(trace.id(), number)).collect();
            let counted = says.iter().zip(&membership.members).filter(|(_, member)| member.is_counted);
            let counted = Members { says: counted.map(|(says, _)| says.clone()).collect() };
            let own = numbers.map(|number| membership.of_member(trace.id(), number).collect()).collect();
            let (who, unknown, apart) = (counted.who(), counted.unknown(), counted.spread());
            ThemeRow { trace, says, own, who, unknown, apart }
        };
        let themes = report.traces.iter().filter(|trace| membership.themes.contains_key(trace.id()));
        Some(Self {
            members: membership.members.iter().collect(),
            rows: themes.map(row).collect(),
            says_who_leads: report.rules.says_who_leads(),
        })
    }

    /// The row of a theme.
    pub(super) fn row(&self, id: &str) -> Option<&ThemeRow<'a>> {
        self.rows.iter().find(|row| row.trace.id() == id)
    }

    /// The themes by who leads on them; empty where the rules do not say that.
    pub(super) fn by_leader(&self) -> Vec<(Leader, Vec<&ThemeRow<'a>>)> {
        let of = |leader: &Leader| self.rows.iter().filter(|row| row.trace.leader() == *leader).collect::<Vec<_>>();
        let leaders = Leader::ALL.iter().filter(|_| self.says_who_leads);
        leaders.map(|leader| (*leader, of(leader))).filter(|(_, rows)| !rows.is_empty()).collect()
    }

    /// Whether members' places lie apart on some theme.
    pub(super) fn tells_apart(&self) -> bool {
        self.rows.iter().any(|row| row.apart.is_some())
    }

    /// How many members count.
    pub(super) fn counted(&self) -> usize {
        self.members.iter().filter(|member| member.is_counted).count()
    }

    /// Each member with what there is of it, in a sentence.
    pub(super) fn filed(&self) -> Vec<String> {
        self.members.iter().map(|member| filed(member)).collect()
    }
}

impl ThemeRow<'_> {
    /// How many members have it as a priority, of so many: `4 of 6`, `2 to 3 of 6` where one did not say.
    pub(super) fn count(&self, of: usize) -> String {
        match self.unknown {
            0 => format!("{} of {of}", self.who.len()),
            some => format!("{} to {} of {of}", self.who.len(), self.who.len() + some),
        }
    }

    /// How far members' places lie apart: `0.67`; empty where fewer than two rank.
    pub(super) fn apart(&self) -> String {
        self.apart.map(|apart| number(apart, 2)).unwrap_or_default()
    }

    /// The members that have it as a priority, in words.
    pub(super) fn who(&self) -> String {
        if self.who.is_empty() { "no member".to_owned() } else { listed(&self.who) }
    }

    /// Why somebody leads, in a sentence.
    pub(super) fn why(&self) -> String {
        let nobody = || match self.unknown {
            0 => "No rule says who leads.".to_owned(),
            some => format!(
                "No rule says who leads; {} not said whether it is a priority.",
                counted(some, "member has", "members have")
            ),
        };
        self.trace.lead_gate().map_or_else(nobody, |gate| gate.reason.clone())
    }

    /// Whether one member has it and all others said that they do not.
    pub(super) fn is_peculiar(&self) -> bool {
        self.who.len() == 1 && self.unknown == 0
    }
}

/// What a member says of a theme, in a cell: `yes`, `yes, 2 of 8`, `no`, `not said`.
pub(super) fn cell(says: &MemberSays) -> String {
    let rank = says.rank.zip(says.of).map(|(rank, of)| format!(", {rank} of {of}")).unwrap_or_default();
    format!("{}{rank}", says.word())
}

/// What there is of a member, in a sentence.
fn filed(member: &Member) -> String {
    let what = match &member.filed {
        Filed::Record(made) => {
            let again = match &made.as_printed {
                Some(why) => format!("its list is used as printed there, for {why}"),
                None => "its list was made again".to_owned(),
            };
            format!("record {}; {again}, by {}", short(&made.digest), made.rules.name)
        }
        Filed::Assessment(made) => format!("assessment {}, ranked by {}", short(&made.digest), made.rules.name),
        Filed::List(printed) => {
            let order = if printed.is_ranked { "in order" } else { "not said to be in order" };
            let some = if printed.is_complete { "" } else { ", not all of them" };
            let chosen = printed.listed.iter().filter(|listed| listed.is_priority).count();
            let others = match printed.listed.len() - chosen {
                0 => String::new(),
                others => format!(" and {} that it did not choose", whole(others)),
            };
            format!(
                "{}{others} as listed in {}{some}, {order}",
                counted(chosen, "priority", "priorities"),
                printed.place
            )
        }
        Filed::Nothing(why) => format!("nothing: {why}"),
    };
    let people = member.people.map(|people| format!("; {} people", number(people, 0))).unwrap_or_default();
    let beside = if member.is_counted { "" } else { " (beside the members, not counted)" };
    let what = what.trim_end_matches('.');
    format!("{}{beside}: {what}{people}.", member.title)
}

/// The first digits of a digest: the JSON has all.
fn short(digest: &str) -> String {
    match digest.char_indices().nth("sha256:".len() + 12) {
        Some((end, _)) => format!("{}…", digest.get(..end).unwrap_or(digest)),
        None => digest.to_owned(),
    }
}

/// The matrix in a terminal, members by number, and the agreement below it.
pub(super) fn text(matrix: &MemberMatrix<'_>, page: &mut Page) {
    page.heading("Which members have it as a priority");
    for (number, told) in (1..).zip(matrix.filed()) {
        page.paragraph(&format!("{number}  {told}"));
    }
    page.line("");
    let mut table = Table::new();
    table.load_style(TableStyle::new());
    let (tells_apart, says_who_leads) = (matrix.tells_apart(), matrix.says_who_leads);
    let mut headings = vec![String::new()];
    headings.extend((1..=matrix.members.len()).map(|number| number.to_string()));
    headings.push("members".to_owned());
    headings.extend(tells_apart.then(|| "apart".to_owned()));
    headings.extend(says_who_leads.then(|| "lead".to_owned()));
    table.set_header(headings);
    for row in &matrix.rows {
        let mut cells = vec![Cell::new(row.trace.candidate.title.chars().take(TITLE).collect::<String>())];
        cells.extend(row.says.iter().map(|says| Cell::new(mark(says)).set_alignment(CellAlignment::Center)));
        cells.push(Cell::new(row.count(matrix.counted())));
        cells.extend(tells_apart.then(|| Cell::new(row.apart())));
        cells.extend(says_who_leads.then(|| Cell::new(row.trace.leader().word())));
        table.add_row(cells);
    }
    page.line(&table.trim_fmt());
    page.line("");
    page.paragraph("+ is a priority of the member, - is none, ? was not said; with its rank where the member ranks.");
    if tells_apart {
        page.paragraph(APART);
    }
    for (leader, rows) in matrix.by_leader() {
        page.heading(leader.as_a_heading());
        for row in rows {
            page.paragraph(&format!("{} ({}). {}", row.trace.candidate.title, row.who(), row.why()));
        }
    }
    let peculiar: Vec<String> = matrix
        .rows
        .iter()
        .filter(|row| row.is_peculiar())
        .map(|row| format!("{} ({})", row.trace.candidate.title, row.who()))
        .collect();
    if !peculiar.is_empty() {
        page.heading("Peculiar to one member");
        page.paragraph(&format!("{}.", listed(&peculiar)));
    }
}

/// The longest title in the matrix of a terminal, in letters.
const TITLE: usize = 30;

/// What stands in the column of how far members' places lie apart.
pub(super) const APART: &str =
    "Apart: how far the places that members give it lie apart, as shares of their lists; 0 where they agree.";

fn mark(says: &MemberSays) -> String {
    let mark = match says.is_priority {
        Some(true) => "+",
        Some(false) => "-",
        None => "?",
    };
    says.rank.map_or_else(|| mark.to_owned(), |rank| format!("{mark}{rank}"))
}

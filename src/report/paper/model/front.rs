//! The first side: what is asked, how sure the answer is, what rules decided and what a wrong choice would cost.

use schemars::JsonSchema;
use serde::Serialize;

/// The first side of the paper.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FrontSide {
    /// What the list answers, as a question.
    pub question: String,
    /// How many stand in it, and of what time the evidence is.
    pub about: String,
    /// For what, for which meeting, by whom.
    pub facts: Vec<Fact>,
    /// Whether one of those facts is not filed.
    pub not_filed: bool,
    /// What the points rest on, and whether to decide on them.
    pub status: StatusBox,
    /// What the board is asked to decide.
    pub asks: Asks,
    /// What came first and how sure that is, in two or three sentences; empty where nobody has a total.
    pub first: String,
    /// How many places are secure, probable and open, as a heading.
    pub heading: String,
    /// Who may have a place, by how sure that is, the surest first.
    pub groups: Vec<SureGroup>,
    /// Who of those with a place can't be told apart from some without; none where the line runs through no such group.
    pub alike: Option<String>,
    /// How that is known, and what it leaves out, a sentence each.
    pub how: Vec<String>,
    /// What rules decided whatever the points.
    pub decided: Vec<RuleDecision>,
    /// How many more decisions of rules the annex has.
    pub more_decided: usize,
    /// What a wrong choice would cost in work, a sentence each.
    pub cost: Vec<String>,
}

/// A fact about the paper.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Fact {
    /// What it is.
    pub label: &'static str,
    /// What is filed; none where nothing is.
    pub value: Option<String>,
}

/// What the points rest on, before anything is said of the list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StatusBox {
    /// Whether to decide on the list, as a heading.
    pub title: String,
    /// Whether it is a warning.
    pub warns: bool,
    /// How many answers there are of each kind, and what the bar shows.
    pub sentence: String,
    /// What of every hundred rests on what; they add up to 100.
    pub parts: Vec<StatusPart>,
    /// What is left of the list without what was made up; none where nothing was.
    pub without: Option<String>,
}

/// What rests on one thing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StatusPart {
    /// How many of a hundred.
    pub share: String,
    /// On what.
    pub words: &'static str,
    /// Its class in the style sheet.
    pub class: &'static str,
}

/// What the board is asked to decide.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Asks {
    /// What it is asked now; one line where it has decided.
    pub now: Vec<Ask>,
    /// What it would be asked once what is made up is replaced; empty where nothing is.
    pub once_replaced: Vec<Ask>,
}

/// Something that the board is asked to decide.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Ask {
    /// Its number among all that are asked, from 1.
    pub number: usize,
    /// What, in a few words.
    pub what: String,
    /// The rest of the sentence.
    pub more: String,
}

/// Those whose place is equally sure.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SureGroup {
    /// `Secure`, `Probable` or `Open`, with what it hangs on.
    pub word: String,
    /// How many of three blocks are filled.
    pub blocks: u8,
    /// What it takes to be in it.
    pub rule: String,
    /// What is to be said of all of them; none where there is nothing.
    pub sentence: Option<String>,
    /// Who is in it.
    pub members: Vec<SureMember>,
}

/// One of such a group.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SureMember {
    /// Its title.
    pub title: String,
    /// Why, in a sentence or two; empty where there are too many to say it of each.
    pub because: String,
}

/// What a rule outside the points decided.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RuleDecision {
    /// What became of whom: `Domestic abuse is in`.
    pub what: String,
    /// Why, in the rule's own words.
    pub reason: String,
    /// Whether it took a place, and whether it changed anything.
    pub effect: String,
    /// Where the evidence for it stands, by document and place.
    pub sources: Vec<String>,
}

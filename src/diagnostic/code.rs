//! The stable names of problems. Each has an entry in `docs/diagnostics.md`; a test keeps the two in step.

/// What a problem does to the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is ranked until it is mended.
    Error,
    /// Ranked, but a reader should know.
    Warning,
    /// Worth knowing while tuning.
    Note,
}

impl Severity {
    /// The word shown before the problem.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($severity:ident { $($variant:ident = $name:literal, $meaning:literal;)+ })+) => {
        /// The kinds of problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $meaning] $variant,)+)+
        }

        impl Code {
            /// Every code, in the order of the list: errors, warnings, notes.
            pub const ALL: &[Self] = &[$($(Self::$variant,)+)+];

            /// The stable kebab-case name.
            pub fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name,)+)+ }
            }

            /// What it means, in a line.
            pub fn meaning(self) -> &'static str {
                match self { $($(Self::$variant => $meaning,)+)+ }
            }

            /// What it does to the run.
            pub fn severity(self) -> Severity {
                match self { $($(Self::$variant => Severity::$severity,)+)+ }
            }
        }
    };
}

impl Code {
    /// What `check` finds that may be meant: a rule set can accept these with a reason.
    pub const FINDINGS: &[Self] = &[
        Self::CorrelatedCriteria,
        Self::SameQuestion,
        Self::OpposedFactors,
        Self::ProductOfOrdinals,
        Self::CutAlike,
        Self::NeverDiscriminates,
        Self::AlwaysMissing,
        Self::MissingPays,
        Self::NoWeight,
        Self::PastTheScale,
        Self::UndeclaredConstant,
        Self::IntervalLost,
        Self::AcrossABreak,
        Self::PartOfAYear,
        Self::BeyondTheEnd,
        Self::LoneWeight,
        Self::IdleWeight,
        Self::RoundedAway,
        Self::ShareForPercentage,
        Self::AllEvidenceOld,
        Self::LaterEvidence,
        Self::LeaderUnanswered,
        Self::UnusualConfidence,
        Self::PrintedInterval,
    ];
}

codes! {
    Error {
    FileMissing = "file-missing", "a file or folder that is named does not exist";
    FileUnreadable = "file-unreadable", "a file exists but can't be read";
    FileTooLarge = "file-too-large", "a file is larger than anything a person would write";
    NotUtf8 = "not-utf8", "a file is not text in UTF-8";
    TomlSyntax = "toml-syntax", "a file is not TOML";
    NewerFormat = "newer-format", "a file of a newer format than this engine reads";
    UnknownKey = "unknown-key", "a key that is not known";
    MissingKey = "missing-key", "a key that must be there is not";
    WrongType = "wrong-type", "a value of the wrong type: text for a number, a number for a list";
    UnknownWord = "unknown-word", "a word where one of a few is wanted";
    BadValue = "bad-value", "a value of the right type that makes no sense here";
    NotFinite = "not-finite", "a number that is infinite or not a number";
    Negative = "negative", "a number below zero where none can be";
    NotWhole = "not-whole", "a count with a fraction";
    PercentageOutOfRange = "percentage-out-of-range", "a percentage below 0 or above 100";
    BadPeriod = "bad-period", "a period that can't be read or ends before it starts";
    BadId = "bad-id", "an id with characters that an id can't have";
    DuplicateId = "duplicate-id", "two things with the same id";
    UnknownId = "unknown-id", "an id that nothing has";
    Circle = "circle", "a candidate that is part of itself";
    BadPlace = "bad-place", "a place in the board's list that can't be";
    Contradiction = "contradiction", "conditions and resources that no set of actions keeps to";
    BrokenCondition = "broken-condition", "a chosen set of actions that does not keep to a condition or resource of its plan";
    NothingAgreed = "nothing-agreed", "no agreed list to learn weights from";
    NothingToFill = "nothing-to-fill", "a form that would have nothing to fill in";
    FormDiffers = "form-differs", "a form that was filled in for another assessment";
    NothingToReview = "nothing-to-review", "an assessment that names no plan to be reviewed";
    WhichStatement = "which-statement", "a statement that puts no candidate above another, or does so in two ways";
    OppositeStatements = "opposite-statements", "two statements that say the opposite of each other";
    NoCandidates = "no-candidates", "an assessment without a single candidate";
    NoArea = "no-area", "candidates without an area, where rules make a list for each";
    AreaLookup = "area-lookup", "a lookup of areas that does not say once, and of all of it, where an old area goes";
    UnknownArea = "unknown-area", "an area of the evidence that its lookup does not have";
    MixedEditions = "mixed-editions", "a series of figures of different editions of an index";
    NotByParts = "not-by-parts", "a figure of a new area that can't be made of those of its old areas";
    NoPublication = "no-publication", "a public edition of an assessment that does not say which counts are too small";
    NoCriteria = "no-criteria", "a rule set without a single criterion";
    WeightsAllZero = "weights-all-zero", "weights that are all zero";
    NoSource = "no-source", "a figure without its document and place, or a judgement without its author and date";
    WhichEvidence = "which-evidence", "evidence with no figure, or with more than one";
    WrongKind = "wrong-kind", "evidence of another kind than the rule set reads";
    UnknownEvidence = "unknown-evidence", "an evidence name that looks like a slip for one the rules read";
    UndeclaredEvidence = "undeclared-evidence", "an expression that reads evidence the rule set does not declare";
    BadCsv = "bad-csv", "a table that can't be read as CSV, or lacks a column";
    BadCell = "bad-cell", "a cell of a table that is not what its column holds";
    BadWorkbook = "bad-workbook", "a workbook that can't be read, or lacks a sheet or a column";
    NotInFile = "not-in-file", "a name given to an import that the file does not have";
    ImportOption = "import-option", "an import without an option that it needs, or with one that makes no sense";
    BadValueFunction = "bad-value-function", "a value function that is out of order, out of range or against its direction";
    BadParameter = "bad-parameter", "a parameter whose days are out of order, or a table where a number is wanted";
    NoValueYet = "no-value-yet", "a parameter without a value on the last day of the assessment's period";
    BadTiers = "bad-tiers", "tiers that leave totals without a tier or can't be told apart";
    ScriptSyntax = "script-syntax", "an expression or script that can't be read";
    ScriptUnknownName = "script-unknown-name", "a variable, function or field that does not exist";
    ScriptFailed = "script-failed", "an expression that failed for a candidate";
    ScriptLimit = "script-limit", "an expression that took more steps, depth or memory than allowed";
    BudgetSpent = "budget-spent", "rules that take more steps than a run has";
    ScriptResult = "script-result", "an expression that answered something other than what was asked";
    TemplateSyntax = "template-syntax", "a template that can't be read";
    TemplateFailed = "template-failed", "a template that names what is not there, or does not come to an end";
    DividesByZero = "divides-by-zero", "a total that can be divided by zero";
    TotalOutOfRange = "total-out-of-range", "a total that is too large to be written";
    AnswerMissing = "answer-missing", "a question that a person who was asked for weights did not answer";
    BadSession = "bad-session", "a workshop's session that can't be read";
    SessionDiffers = "session-differs", "a workshop's session that is of another assessment, or whose list the engine does not make";
    UnbalancedAccount = "unbalanced-account", "an import that can't account for every row that it read";
    FileExists = "file-exists", "a file that would be overwritten";
    OutsideTheRecord = "outside-the-record", "a file that a record would need and that stands outside its folder";
    NameNotPortable = "name-not-portable", "a file name that some machines can't use or take for another";
    RecordMalformed = "record-malformed", "a record that is not laid out as records are";
    RecordFileMissing = "record-file-missing", "a file that a record lists and does not have";
    RecordFileUnlisted = "record-file-unlisted", "a file in a record that its manifest does not list";
    RecordFileAltered = "record-file-altered", "a file of a record that does not have the digest it had";
    RecordNotReproduced = "record-not-reproduced", "a record that this engine does not make of its evidence and rules";
    FolderNotEmpty = "folder-not-empty", "a folder that would be overwritten";
    WriteFailed = "write-failed", "a result that could not be written";
    WatchFailed = "watch-failed", "a watch that could not begin";
    BadKey = "bad-key", "a key that can't be read or used";
    BadPassword = "bad-password", "no password, two that differ, or one that does not open the key";
    SignatureWrong = "signature-wrong", "a signature that is not of this record, or can't be read";
    SignatureMissing = "signature-missing", "a trusted signer who has not signed";
    RegisterTorn = "register-torn", "a register whose last line is not complete";
    RegisterSavedAnew = "register-saved-anew", "a register that another program saved, with other line ends for example";
    RegisterAltered = "register-altered", "a register with a line that was altered, taken out or moved";
    RegisterHead = "register-head", "a register that does not have a line which was noted elsewhere";
    AlreadyRegistered = "already-registered", "a record that the register already has";
    NotRegistered = "not-registered", "a record that the register does not have, or describes differently";
    NoLock = "no-lock", "a drive on which two people could write at the same time";
    EngineAltered = "engine-altered", "a build of the engine whose arithmetic is not the documented one";
    }
    Warning {
    RelativeValue = "relative-value", "a value function that looks at the other candidates";
    RowSetAside = "row-set-aside", "a row of a file that an import can't use";
    LooksAlike = "looks-alike", "two things of one kind whose names a reader takes for each other";
    MembersDiffer = "members-differ", "members whose lists are by other rules, for other periods or on other scales";
    NoTheme = "no-theme", "a priority of a member that no theme gathers";
    UnlistedFile = "unlisted-file", "a file beside the evidence or the rules that nothing names";
    PartNotKnown = "part-not-known", "figures of new areas that are missing because one of their old areas has none";
    SmallNumbers = "small-numbers", "what a public edition does not say";
    GivesAway = "gives-away", "small counts that a public edition can't hide";
    ReadBeforePublishing = "read-before-publishing", "words with numbers that a public edition prints as they are written";
    DigestTells = "digest-tells", "digests from which small numbers can be found by trying";
    PublicListDiffers = "public-list-differs", "candidates in another tier in the public edition than in the full list";
    TieAtTheLine = "tie-at-the-line", "candidates with equal totals on both sides of the last place of a tier";
    CloseAtTheLine = "close-at-the-line", "totals on both sides of a tier's line that the rules do not tell apart";
    DoesNotRecompute = "does-not-recompute", "a printed figure that does not follow from the numbers beside it";
    PartYear = "part-year", "a comparison of periods of different lengths";
    ClaimedOutcome = "claimed-outcome", "what a document claims of a plan's measure and its figures do not say";
    OddMeasure = "odd-measure", "a measure of a plan whose figures share days, or whose target was reached before";
    IdenticalFigures = "identical-figures", "figures of two candidates that are the same to the last digit";
    UnmatchedOffence = "unmatched-offence", "an offence without a harm weight, which is in no figure of harm";
    Overlap = "overlap", "candidates that overlap and have a place each in the first tier";
    TooManyIncluded = "too-many-included", "more candidates included by gates than a tier has places";
    StaleParameter = "stale-parameter", "a parameter's value that was to be reviewed before the period ended";
    ParameterChanged = "parameter-changed", "a parameter that took another value within the assessment's period";
    OldEvidence = "old-evidence", "evidence that is older than the rules allow";
    FewAnswers = "few-answers", "candidates that are ranked with answers to less of the weight than the rules ask for";
    FewPublished = "few-published", "candidates that are ranked with published figures for less of the weight than the rules ask for";
    FewJudges = "few-judges", "judgements by fewer people than the rules ask for";
    NotForCommittee = "not-for-committee", "what a committee expects of a paper and is not filed";
    DecisionMissing = "decision-missing", "a candidate in the first tier without a decision of the board";
    RecordListDiffers = "record-list-differs", "a record whose list is not what this engine makes of its files";
    SessionListDiffers = "session-list-differs", "a workshop's session beside an assessment whose list is another by now";
    InconsistentAnswers = "inconsistent-answers", "comparisons that contradict each other more than is acceptable";
    AnswerLeftOut = "answer-left-out", "a person who left an answer blank, and so has no part in some weights";
    AnswersChanged = "answers-changed", "answers that are gone, or no longer those that the weights came from";
    WeightsDiffer = "weights-differ", "weights that are not those which the recorded answers give";
    RangeChanged = "range-changed", "weights from swings that were asked over another range";
    CorrelatedCriteria = "correlated-criteria", "two criteria that put the candidates in nearly the same order";
    SameQuestion = "same-question", "two criteria whose measures are the same expression";
    OpposedFactors = "opposed-factors", "two things that are multiplied and run against each other";
    ProductOfOrdinals = "product-of-ordinals", "judged scores that are multiplied with one another";
    CutAlike = "cut-alike", "different measures that have the same value because the value function ends";
    NeverDiscriminates = "never-discriminates", "a criterion with the same value for every candidate";
    AlwaysMissing = "always-missing", "a criterion that is answered for no candidate";
    MissingPays = "missing-pays", "a missing answer that is worth more than most answers, where no reason is stated";
    NoWeight = "no-weight", "a criterion or group whose weight is zero";
    PastTheScale = "past-the-scale", "totals that can pass the scale which they are said to be on";
    FiledTwice = "filed-twice", "a figure that is filed under two candidates which are not said to overlap";
    NotBorneOut = "not-borne-out", "evidence named in support of other evidence that did not do the same, or the reverse";
    UndeclaredConstant = "undeclared-constant", "a number that matters, in code and not in the rule file";
    RoundedAway = "rounded-away", "a criterion whose decimals are too few for the measures of some candidates";
    ShareForPercentage = "share-for-percentage", "a percentage below 1, which may be a share";
    AllEvidenceOld = "all-evidence-old", "evidence that is all of long before the assessment's period";
    LaterEvidence = "later-evidence", "evidence of long after the assessment's period";
    LeaderUnanswered = "leader-unanswered", "a candidate that comes first with answers to less than half of the weight";
    UnusualConfidence = "unusual-confidence", "a confidence level that hardly anybody uses";
    PrintedInterval = "printed-interval", "an interval as a document prints it, in a rule set that declares another level";
    IntervalLost = "interval-lost", "a measure that takes a plain number out of evidence, without its interval";
    AcrossABreak = "across-a-break", "plain numbers taken out of counts on both sides of a break";
    PartOfAYear = "part-of-a-year", "a yearly figure made of the latest part of a year that is filed whole";
    AcceptsNothing = "accepts-nothing", "an accepted finding that is not found";
    KeyOpenToOthers = "key-open-to-others", "a secret key that other users of the machine can read";
    SignatureOtherRole = "signature-other-role", "a trusted key that signs in a role that it is not trusted for";
    SignatureUnknownKey = "signature-unknown-key", "a signature by a key that is not trusted";
    }
    Note {
    UnreadEvidence = "unread-evidence", "evidence that no rule reads";
    NothingToRecompute = "nothing-to-recompute", "a printed figure without the numbers that it comes from";
    UnreadDeclaration = "unread-declaration", "evidence or a parameter that the rule set declares and nothing reads";
    BeyondTheEnd = "beyond-the-end", "a measure beyond the end of its value function";
    LoneWeight = "lone-weight", "a weight that is alone in its group, so that any number would do";
    IdleWeight = "idle-weight", "a weight that changes no place, whatever it is";
    FindingAccepted = "finding-accepted", "a finding that the rule set knows and accepts, with the reason";
    }
}

//! Hostile input: a function for each parser of the engine, for the whole of `rank` and `verify`, and for the language of
//! scripts.
//!
//! Each takes any bytes and must come back: no panic, no hang, no memory without end. Files are lent from memory, so
//! none of them touches the disk. The same functions are run by libFuzzer (`fuzz_targets/`) and by the generators of
//! malformed inputs and of scripts (`src/bin/hostile.rs`). Seeds are the repository's own files.

mod folder;
mod forms;
mod language;
pub mod malformed;
mod members;
mod plans;
mod records;
mod sheets;
mod sound;
mod wholes;

pub use folder::Folder;

/// One thing that takes hostile bytes.
pub struct Target {
    /// Its name, as `cargo fuzz` knows it.
    pub name: &'static str,
    /// Takes the bytes; must come back.
    pub run: fn(&[u8]),
    /// Sound inputs to begin from.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// How many of a hundred inputs it gets, more or less: parsers are fast, and the whole way takes longer.
    pub share: u64,
}

impl Target {
    /// The input of this number; `seeds` are its own.
    pub fn input(&self, seeds: &[Vec<u8>], number: u64) -> Vec<u8> {
        if self.grows() { language::grown(number) } else { malformed::malformed(seeds, number) }
    }

    /// Whether its inputs grow by a grammar; all others are malformed.
    pub fn grows(&self) -> bool {
        self.name == LANGUAGE
    }
}

/// The target that scripts are grown for.
pub const LANGUAGE: &str = "language";

/// Every target.
pub const TARGETS: [Target; 42] = [
    Target { name: "assessment", run: wholes::assessment, seeds: wholes::assessments, share: 5 },
    Target { name: "evidence", run: wholes::evidence, seeds: wholes::evidences, share: 5 },
    Target { name: "table", run: wholes::table, seeds: wholes::tables, share: 4 },
    Target { name: "document", run: wholes::document, seeds: wholes::documents, share: 3 },
    Target { name: "document_table", run: wholes::document_table, seeds: wholes::document_tables, share: 2 },
    Target { name: "decisions", run: wholes::decisions, seeds: wholes::decided, share: 2 },
    Target { name: "themes", run: members::themes, seeds: members::theme_files, share: 2 },
    Target { name: "member_list", run: members::member_list, seeds: members::member_lists, share: 2 },
    Target { name: "plan", run: plans::plan, seeds: plans::plans, share: 4 },
    Target { name: "plan_reviewed", run: plans::plan_reviewed, seeds: plans::plans_reviewed, share: 3 },
    Target { name: "rules", run: wholes::rules, seeds: wholes::rule_sets, share: 6 },
    Target { name: "script", run: wholes::script, seeds: wholes::scripts, share: 5 },
    Target { name: "measure", run: wholes::measure, seeds: wholes::measures, share: 5 },
    Target { name: "sentence", run: wholes::sentence, seeds: wholes::sentences, share: 3 },
    Target { name: "trials", run: wholes::trials, seeds: wholes::trial_files, share: 3 },
    Target { name: "answers", run: wholes::answers, seeds: wholes::answer_files, share: 3 },
    Target { name: "answers_sheet", run: wholes::answers_sheet, seeds: wholes::answer_sheets, share: 2 },
    Target { name: "workshop_session", run: wholes::workshop_session, seeds: wholes::workshop_sessions, share: 2 },
    Target { name: "scores_form", run: forms::scores_form, seeds: forms::scores_forms, share: 2 },
    Target { name: "figures_form", run: forms::figures_form, seeds: forms::figures_forms, share: 2 },
    Target { name: "agreed", run: wholes::agreed, seeds: wholes::agreed_files, share: 2 },
    Target { name: "weights", run: wholes::weights, seeds: wholes::weight_files, share: 1 },
    Target { name: "template", run: wholes::template, seeds: wholes::templates, share: 3 },
    Target { name: "police_uk", run: sheets::police_uk, seeds: sheets::street_files, share: 3 },
    Target { name: "home_office", run: sheets::home_office, seeds: sheets::home_office_files, share: 2 },
    Target { name: "fingertips", run: sheets::fingertips, seeds: sheets::fingertips_files, share: 2 },
    Target { name: "any_table", run: sheets::any_table, seeds: sheets::any_table_files, share: 3 },
    Target { name: "deprivation", run: sheets::deprivation, seeds: sheets::deprivation_files, share: 2 },
    Target { name: "population", run: sheets::population, seeds: sheets::population_files, share: 3 },
    Target { name: "harm", run: sheets::harm, seeds: sheets::harm_files, share: 2 },
    Target { name: "matrix", run: sheets::matrix, seeds: sheets::matrix_files, share: 3 },
    Target { name: "workbook", run: sheets::workbook, seeds: sheets::workbooks, share: 4 },
    Target { name: "workbook_parts", run: sheets::workbook_parts, seeds: sheets::parts_of_workbooks, share: 4 },
    Target { name: "manifest", run: records::manifest, seeds: records::manifests, share: 3 },
    Target { name: "record_json", run: records::record_json, seeds: records::json_files, share: 4 },
    Target { name: "signature", run: records::signature, seeds: records::signatures, share: 2 },
    Target { name: "signers", run: records::signers, seeds: records::signers_files, share: 2 },
    Target { name: "secret_key", run: records::secret_key, seeds: records::secret_keys, share: 1 },
    Target { name: "register", run: records::register, seeds: records::registers, share: 3 },
    Target { name: "rank", run: wholes::rank, seeds: wholes::folders, share: 5 },
    Target { name: "verify", run: records::verify, seeds: records::records, share: 5 },
    Target { name: LANGUAGE, run: language::language, seeds: language::some_grown, share: 1 },
];

/// The target of this name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// What libFuzzer calls.
#[macro_export]
macro_rules! fuzz {
    ($name:literal) => {
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
            ($crate::target($name).expect("the target of this file").run)(bytes);
        });
    };
}

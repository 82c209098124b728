//! Tables that no importer knows: what is made of them loads, and agrees with a count of one's own.

use std::collections::BTreeMap;

use prioritise::assessment::CandidateKind;
use prioritise::import::table::{
    Condition, DateOrder, FigureKind, FiguresIn, OutputKind, PointSpan, TableOptions, import,
};
use prioritise::import::{CitedDocument, Import};
use proptest::prelude::*;

use crate::support::{Folder, loads, rank, told};

/// Rows of `Area`, one value each, of one year.
fn options() -> TableOptions {
    TableOptions {
        paths: vec!["data.csv".into()],
        sheets: Vec::new(),
        header_row: None,
        id: Some("Area".into()),
        title: None,
        figures: FiguresIn::Columns(vec!["Value".into()]),
        figure: FigureKind::Count,
        times: None,
        marks: Vec::new(),
        population: None,
        evidence: "recorded".into(),
        evidence_by: None,
        conditions: Vec::new(),
        once: None,
        edition: None,
        sum: false,
        when: Vec::new(),
        period: Some("2024".into()),
        order: None,
        every: None,
        from: None,
        to: None,
        new_areas: None,
        kind: CandidateKind::Place,
        output: OutputKind::Evidence,
        cited: CitedDocument::default(),
    }
}

fn made(text: &str, options: &TableOptions) -> Result<Import, String> {
    let mut files = Folder::default();
    files.write("data.csv", text);
    let made = import(&files, options).map_err(|problems| told(&problems))?;
    made.account.balance().unwrap();
    Ok(made)
}

#[test]
fn what_is_made_of_every_kind_of_figure_loads() {
    let text = "Area,Value,People\nNorth,31,6510\nSouth,<5,\nEast,[c],100\nWest,,7\nMid,12 [p],8\n";
    loads(&made(text, &TableOptions { population: Some("People".into()), ..options() }).unwrap());
    for figure in [FigureKind::Rate { per: 1000.0 }, FigureKind::Percentage, FigureKind::Number] {
        loads(&made("Area,Value\nNorth,3.5\nSouth,*\nEast,..\n", &TableOptions { figure, ..options() }).unwrap());
    }
    let across = TableOptions { figures: FiguresIn::Across, period: None, ..options() };
    loads(&made("Area,2021/22,2022/23\nNorth,4,5 [b]\nSouth,[x],[c]\n", &across).unwrap());
    let events = TableOptions { figures: FiguresIn::Rows, when: vec!["Date".into()], period: None, ..options() };
    loads(&made("Area,Date\nNorth,2024-01-01\nSouth,2024-01-31\n", &events).unwrap());
}

#[test]
fn a_table_and_its_snippet_load() {
    let text = "Area,Measure,Value,People\nNorth,Thefts,31,6510\nSouth,Thefts,<5,700\nSouth,Burglaries,4,700\n";
    let asked = TableOptions {
        evidence_by: Some("Measure".into()),
        population: Some("People".into()),
        output: OutputKind::Table,
        ..options()
    };
    let made = made(text, &asked).unwrap();
    let mut files = Folder::of_fixtures();
    let (assessment, rules) = ("fixtures/starter/assessment.toml", "fixtures/starter/rules/ruleset.toml");
    for (name, text) in made.files {
        let path = format!("fixtures/starter/{name}");
        if name.ends_with(".toml") {
            let both = format!("{}{text}", files.text(assessment));
            files.write(assessment, both);
        } else {
            files.write(&path, text);
        }
    }
    files.write(
        rules,
        "[ruleset]\nname = \"N\"\nversion = \"1\"\n[evidence.thefts]\nkind = \"count\"\ntitle = \"T\"\n[[criterion]]\nid = \"a\"\ntitle = \"A\"\n\
         question = \"Q\"\nweight = 1\nmeasure = \"thefts.count\"\nunit = \"u\"\ndirection = \"higher-is-worse\"\n\
         value = { linear = { from = 0, to = 100 } }\nmissing = \"neutral\"\nbecause = \"B\"\n[[tier]]\nid = \"all\"\ntitle = \"All\"\n",
    );
    let outcome = rank(&files, assessment);
    let [_, _, json, ..] = outcome.outputs();
    assert!(json.contains("\"id\": \"north\"") && json.contains("31"), "{json}");
}

#[test]
fn options_that_do_not_go_together_are_told() {
    let events = || TableOptions { figures: FiguresIn::Rows, period: None, ..options() };
    let when = || vec!["Date".to_owned()];
    for (options, part) in [
        (TableOptions { period: None, ..options() }, "nothing says when the counts are of"),
        (TableOptions { when: when(), ..options() }, "the file says when"),
        (TableOptions { id: None, ..events() }, "what the candidates are"),
        (TableOptions { figure: FigureKind::Percentage, sum: true, ..options() }, "can't be added up"),
        (TableOptions { figure: FigureKind::Number, when: when(), period: None, ..options() }, "a series is of counts"),
        (TableOptions { every: Some(PointSpan::Month), ..options() }, "`--every` needs times"),
        (TableOptions { from: Some("soon".into()), when: when(), ..events() }, "not a period"),
    ] {
        let told = made("Area,Value,Date\nNorth,1,2024-01\n", &options).unwrap_err();
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn what_stands_twice_or_is_no_table_is_told() {
    let across = TableOptions { figures: FiguresIn::Across, period: None, ..options() };
    for (text, options, part) in [
        ("Area,Value,Value\nNorth,1,2\n", options(), "two columns are headed `Value`"),
        ("Area,Value\nNorth,1\nNorth,2\n", options(), "`North` has a figure for 2024 already, in line 2"),
        ("Area,Value\nZoë!,1\nZoe?,2\n", options(), "would both become `zoe`"),
        ("Area,Value\n—,1\n", options(), "no letter or digit"),
        ("Area,Value\nNorth,1,2\n", options(), "this row has 3 cells"),
        ("Area,2023,202306\nNorth,10,1\n", across, "overlap"),
        (
            "Area,Value\nNorth,1\nTotal 1,\n",
            TableOptions { sum: true, id: Some("Ward".into()), ..options() },
            "no column headed `Ward`",
        ),
        ("Area,Value\n", options(), "no figure to write"),
        ("Area,Value\nNorth,[x]\n", options(), "no figure to write"),
    ] {
        let told = made(text, &options).unwrap_err();
        assert!(told.contains(part), "{part}: {told}");
    }
    // What a name leaves open, a letter says.
    let second = TableOptions { figures: FiguresIn::Columns(vec!["column C".into()]), ..options() };
    assert!(made("Area,Value,Value\nNorth,1,2\n", &second).unwrap().files[0].1.contains("count  = 2"));
}

#[test]
fn a_gap_is_zero_only_where_a_person_says_so() {
    let text = "Area,Date\nNorth,2024-01-01\nNorth,2024-03-31\n";
    let events = TableOptions { figures: FiguresIn::Rows, when: vec!["Date".into()], period: None, ..options() };
    let gap = made(text, &events).unwrap();
    assert!(!gap.files[0].1.contains("2024-02"), "{}", gap.files[0].1);
    assert!(gap.remarks.iter().any(|remark| remark.contains("No row of the file is of 2024-02")), "{:?}", gap.remarks);
    let stated = TableOptions { from: Some("2024-01".into()), to: Some("2024-03".into()), ..events };
    assert!(made(text, &stated).unwrap().files[0].1.contains("{ period = \"2024-02\", count = 0 }"));
}

#[test]
fn first_days_of_months_are_months_where_two_follow_each_other() {
    let across = TableOptions { figures: FiguresIn::Across, period: None, ..options() };
    let quarter = TableOptions { every: Some(PointSpan::Quarter), ..across.clone() };
    let text = "Area,2024-01-01,2024-02-01,2024-03-01,2024-04-01\nNorth,1,2,4,8\n";
    let made_of = |options: &TableOptions| made(text, options).unwrap().files[0].1.clone();
    assert!(made_of(&across).contains("{ period = \"2024-04\", count = 8 }"));
    assert!(made_of(&quarter).contains("count = 7") && !made_of(&quarter).contains("count = 8"));
    // A month that is missing is no smaller quarter.
    let gap = made("Area,2024-01-01,2024-02-01,2024-04-01\nNorth,1,2,8\n", &quarter).unwrap_err();
    assert!(gap.contains("2024-01/2024-03 of North (2024-01 and 2024-02)"), "{gap}");
    let quarters = made("Area,2024-01-01,2024-04-01,2024-07-01\nNorth,1,2,8\n", &across).unwrap_err();
    assert!(quarters.contains("may be months, quarters or years"), "{quarters}");
}

#[test]
fn figures_of_days_say_of_how_many() {
    let text = "Area,Date,Value\nNorth,2024-01-01,3\nNorth,2024-01-02,4\nNorth,2024-01-31,5\n";
    let days =
        TableOptions { when: vec!["Date".into()], period: None, every: Some(PointSpan::Month), sum: true, ..options() };
    let made = made(text, &days).unwrap();
    assert!(made.files[0].1.contains("{ period = \"2024-01\", count = 12 }"));
    assert!(made.remarks.concat().contains("2024-01 (3 of 31 days)"), "{:?}", made.remarks);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn rows_are_counted_as_one_counts_them(rows in proptest::collection::vec((0..4_u32, 0..3_u32, 1..=12_u32, 1..=28_u32), 1..60)) {
        let mut text = "Area,Kind,Date\n".to_owned();
        let mut own: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for (area, kind, month, day) in &rows {
            text.push_str(&format!("Area {area},Kind {kind},{day:02}/{month:02}/2024\n"));
            if *kind != 0 {
                *own.entry((*area, *month)).or_default() += 1;
            }
        }
        let asked = TableOptions {
            figures: FiguresIn::Rows,
            when: vec!["Date".into()],
            period: None,
            order: Some(DateOrder::DayFirst),
            from: Some("2024-01".into()),
            to: Some("2024-12".into()),
            conditions: Condition::parse("Kind != Kind 0").into_iter().collect(),
            ..options()
        };
        match made(&text, &asked) {
            Ok(made) => {
                let written: toml::Table = made.files[0].1.parse().unwrap();
                let mut found: BTreeMap<(u32, u32), u32> = BTreeMap::new();
                for candidate in written["candidate"].as_array().unwrap() {
                    let area: u32 = candidate["id"].as_str().unwrap().strip_prefix("area-").unwrap().parse().unwrap();
                    for point in candidate["evidence"]["recorded"]["series"].as_array().unwrap() {
                        let month: u32 = point["period"].as_str().unwrap()[5..7].parse().unwrap();
                        let count = u32::try_from(point["count"].as_integer().unwrap()).unwrap();
                        if count > 0 {
                            found.insert((area, month), count);
                        }
                    }
                }
                prop_assert_eq!(found, own);
            }
            Err(told) => prop_assert!(own.is_empty(), "{}", told),
        }
    }

    #[test]
    fn any_text_is_read_or_refused(
        pieces in proptest::collection::vec(
            "(Area|Value|Date|2024|202401|2023/24|\\n|\\n|,|,|;|\t|\"|\"\"|\\[c\\]|\\(4\\)|−3|01/02/2024|31/12/2024|é| |0|9{1,20}|\\[b|=1)",
            0..60,
        ),
        layout in 0..3_u32,
    ) {
        let (figures, when) = match layout {
            0 => (FiguresIn::Columns(vec!["Value".into()]), vec!["Date".into()]),
            1 => (FiguresIn::Across, Vec::new()),
            _ => (FiguresIn::Rows, vec!["Date".into()]),
        };
        let every = Some(PointSpan::Quarter);
        let asked = TableOptions { figures, when, every, sum: true, period: None, ..options() };
        for text in [pieces.concat(), format!("Area,Value,Date,202401,202402\n{}", pieces.concat())] {
            if let Ok(made) = made(&text, &asked) {
                loads(&made);
            }
        }
    }

    #[test]
    fn cells_balance_or_are_refused(
        cells in proptest::collection::vec("(7|1,031|\\(4\\)|−3|<5|\\[c\\]|\\[x\\]|\\[low\\]|9 \\[p\\]||soon|1.5|12%)", 1..12),
        sum: bool,
    ) {
        let rows: Vec<String> = (0..).zip(&cells).map(|(at, cell)| format!("Area {},\"{cell}\"\n", at % 5)).collect();
        let asked = TableOptions { sum, figure: FigureKind::Number, ..options() };
        if let Ok(made) = made(&format!("Area,Value\n{}", rows.concat()), &asked) {
            loads(&made);
        }
    }
}

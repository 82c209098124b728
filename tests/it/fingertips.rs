//! Public health figures: one row is one figure, its interval is the published one, and what fits twice is asked for.

use prioritise::assessment::CandidateKind;
use prioritise::import::fingertips::{FingertipsOptions, ValueUnit, import};
use prioritise::import::{CitedDocument, Import};

use crate::support::{Folder, loads, rank, told};

const HEADERS: &str = "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,\
Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,\
Value note,Recent Trend,Compared to England value or percentiles,Compared to Region value or percentiles,Time period Sortable,\
New data,Compared to goal,Time period range";

fn options() -> FingertipsOptions {
    FingertipsOptions {
        paths: vec!["data.csv".into()],
        area: "Huntingdonshire".into(),
        indicators: Vec::new(),
        sex: None,
        age: None,
        period: None,
        unit: None,
        kind: CandidateKind::Theme,
        cited: CitedDocument::default(),
    }
}

struct Row<'a>(&'a str, &'a str, &'a str, &'a str, &'a str, &'a str);

/// Indicator, area, sex, age, period, and the value with interval, count and denominator.
fn line(&Row(indicator, area, sex, age, period, figures): &Row<'_>) -> String {
    let name = match indicator {
        "11202" => "\"Violent crime - violence offences per 1,000 population\"",
        "92906" => "Average number of things",
        _ => "Percentage of people who worry",
    };
    let kind = if area == "England" { "England" } else { "Districts & UAs (from Apr 2023)" };
    let year = &period[..4];
    let [value, lower, upper, count, people] = *figures.split('|').collect::<Vec<_>>() else { panic!("{figures}") };
    format!(
        "{indicator},{name},E92000001,England,E0{area},{area},{kind},{sex},{age},,,{period},{value},{lower},{upper},,,{count},{people},,,,,{year}0000,,,1y\n"
    )
}

const VIOLENCE: [Row<'_>; 6] = [
    Row("11202", "Huntingdonshire", "Persons", "All ages", "2021/22", "16|15.5|16.5|2880|180000"),
    Row("11202", "Huntingdonshire", "Persons", "All ages", "2022/23", "17.2|16.6|17.8|3096|180000"),
    Row("11202", "Fenland", "Persons", "All ages", "2022/23", "29.1|28|30|2910|100000"),
    Row("11202", "Rutland", "Persons", "All ages", "2022/23", "||||"),
    Row("11202", "England", "Persons", "All ages", "2022/23", "34|33.9|34.1|2000000|56000000"),
    Row("11202", "Huntingdonshire", "Male", "All ages", "2022/23", "20|19|21|1700|88000"),
];

fn made(rows: &[Row<'_>], options: &FingertipsOptions) -> Result<String, String> {
    let mut files = Folder::default();
    files.write("data.csv", format!("{HEADERS}\n{}", rows.iter().map(line).collect::<String>()));
    let made: Import = import(&files, options).map_err(|problems| told(&problems))?;
    made.account.balance().unwrap();
    loads(&made);
    Ok(format!("{}---\n{}{}", made.files[0].1, made.account, made.remarks.join("\n")))
}

#[test]
fn the_latest_rate_with_its_interval_and_peers() {
    insta::assert_snapshot!(made(&VIOLENCE, &options()).unwrap());
}

#[test]
fn an_older_period_and_a_sex_that_is_asked_for() {
    let worry = [
        Row("90001", "Huntingdonshire", "Male", "16+ yrs", "2019 - 21", "18|15.96|20.24|223|1240"),
        Row("90001", "Huntingdonshire", "Female", "16+ yrs", "2019 - 21", "22|20|24|300|1300"),
        Row("90001", "Huntingdonshire", "Female", "16+ yrs", "2022", "23|21|25|299.5|1300"),
    ];
    let options = FingertipsOptions { sex: Some("female".into()), period: Some("2019 - 21".into()), ..options() };
    insta::assert_snapshot!(made(&worry, &options).unwrap());
}

#[test]
fn what_stops_it() {
    let ages = |age| Row("90001", "Huntingdonshire", "Persons", age, "2022", "18|16|20||");
    let sexes = |sex, value| Row("90001", "Huntingdonshire", sex, "All", "2022", value);
    let said = |rows: &[Row<'_>], options: FingertipsOptions| made(rows, &options).unwrap_err();
    insta::assert_snapshot!(
        [
            said(&VIOLENCE, FingertipsOptions { area: "Huntingdonshre".into(), ..options() }),
            said(&VIOLENCE, FingertipsOptions { indicators: vec!["11203".into()], ..options() }),
            said(&VIOLENCE, FingertipsOptions { period: Some("1999".into()), ..options() }),
            said(&[ages("16+"), ages("65+")], options()),
            said(&[sexes("Male", "1|1|1||"), sexes("Female", "2|1|3||")], options()),
            said(&[Row("92906", "Huntingdonshire", "Persons", "All", "2022", "3|2|4||")], options()),
            said(&[Row("11202", "Huntingdonshire", "Persons", "All", "2022", "high|2|4||")], options()),
        ]
        .concat()
    );
    let number = FingertipsOptions { unit: Some(ValueUnit::Number), ..options() };
    assert!(made(&[Row("92906", "Huntingdonshire", "Persons", "All", "2022", "3|2|4||")], &number).is_ok());
}

#[test]
fn a_pooled_count_gives_the_published_rate_a_year() {
    let three = [Row("11202", "Huntingdonshire", "Persons", "All ages", "2020 - 22", "17.2|16.6|17.8|3096|180000")];
    let mut files = Folder::default();
    files.write("data.csv", format!("{HEADERS}\n{}", line(&three[0])));
    let made = import(&files, &options()).unwrap();
    files.write("evidence.toml", made.files[0].1.as_str());
    files.write(
        "assessment.toml",
        "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2022/23\"\nrules = \"rules\"\n\
         evidence = [\"evidence.toml\"]\n",
    );
    let criterion = |id: &str, measure: &str| {
        format!(
            "[[criterion]]\nid = \"{id}\"\ntitle = \"{id}\"\nquestion = \"Q\"\nweight = 1\nmeasure = \"{measure}\"\n\
             unit = \"per 1,000\"\ndirection = \"higher-is-worse\"\nvalue = {{ linear = {{ from = 0, to = 20 }} }}\n\
             missing = \"refuse\"\nbecause = \"B\"\n"
        )
    };
    files.write(
        "rules/ruleset.toml",
        "[ruleset]\nname = \"N\"\nversion = \"1\"\n[evidence.recorded]\nkind = \"count\"\ntitle = \"A\"\n\
         [evidence.published]\nkind = \"rate\"\ntitle = \"B\"\n"
            .to_owned()
            + &*criterion("counted", "recorded.rate(1000)")
            + &*criterion("printed", "published")
            + "[[tier]]\nid = \"all\"\ntitle = \"All\"\n",
    );
    let [_, _, json, ..] = rank(&files, "assessment.toml").outputs();
    let ranking: serde_json::Value = serde_json::from_str(&json).unwrap();
    let measures: Vec<f64> = ranking["ranking"][0]["contributions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|contribution| contribution["measure"]["estimate"].as_f64().unwrap())
        .collect();
    assert!(measures.iter().all(|measure| (measure - 17.2).abs() < 1e-9), "{measures:?}");
}

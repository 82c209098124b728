//! The five sides of the paper on small made lists: how sure places are told to be, and by whose shares of draws.

use std::num::NonZeroUsize;

use prioritise::diagnostic::Problems;
use prioritise::report::paper::model::Paper;
use prioritise::sensitivity::acceptability::{Acceptability, CandidateAcceptability};
use prioritise::sensitivity::redraw::EvidenceMoves;

use crate::support::Folder;

/// Two questions of the same weight: a missing answer stands in at a half and could be anything.
fn files(tier: &str, header: &str, candidates: &[(&str, [Option<u32>; 2])]) -> Folder {
    let mut rules = format!("[ruleset]\nname = \"N\"\nversion = \"1\"\nscale = 100\ndecimals = 1\n{header}\n");
    for at in 0..2 {
        rules.push_str(&format!(
            "[evidence.e{at}]\nkind = \"number\"\ntitle = \"E{at}\"\n[[criterion]]\nid = \"c{at}\"\ntitle = \"C{at}\"\n\
             question = \"Q\"\nweight = 1\nmeasure = \"e{at}\"\nunit = \"u\"\ndirection = \"higher-is-worse\"\n\
             value = {{ linear = {{ from = 0, to = 100 }} }}\nmissing = \"neutral\"\nbecause = \"B\"\n"
        ));
    }
    rules.push_str(&format!(
        "[[tier]]\nid = \"top\"\ntitle = \"Top\"\n{tier}\n[[tier]]\nid = \"rest\"\ntitle = \"Rest\"\n"
    ));
    let mut evidence = String::new();
    for (id, answers) in candidates {
        evidence
            .push_str(&format!("[[candidate]]\nid = \"{id}\"\ntitle = \"{}\"\nkind = \"theme\"\n", id.to_uppercase()));
        for (at, answer) in answers.iter().enumerate() {
            if let Some(answer) = answer {
                evidence.push_str(&format!(
                    "[candidate.evidence.e{at}]\nnumber = {answer}\nsource = \"s\"\nwhere = \"W\"\n"
                ));
            }
        }
    }
    let mut files = Folder::default();
    files.write("rules/ruleset.toml", rules);
    files.write("e.toml", evidence);
    files.write(
        "assessment.toml",
        "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2025\"\nrules = \"rules\"\nevidence = [\"e.toml\"]\n\
         [[source]]\nid = \"s\"\ntitle = \"S\"\n",
    );
    files
}

/// The paper, with these shares of draws in the top tier, in the order of the list.
fn paper(files: &Folder, shares: &[f64]) -> Paper {
    let mut problems = Problems::default();
    let loaded = prioritise::load(files, "assessment.toml", None, &mut problems);
    let (assessment, rules) = loaded.unwrap_or_else(|| panic!("{problems:#?}"));
    let mut report = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
    if !shares.is_empty() {
        let candidates = report.ranking.with_totals().zip(shares).map(|(candidate, share)| CandidateAcceptability {
            candidate,
            places: None,
            mean_rank: 1.0,
            rank_quantiles: [1; 3],
            in_top: *share,
            central_weights: None,
            confidence: None,
        });
        let found = Acceptability {
            draws: 1000,
            top_places: 1,
            one_of_a_family: false,
            candidates: candidates.collect(),
            pairwise_wins: None,
            evidence: EvidenceMoves { missing_drawn: 0, missing_held: 0, judges_drawn: 0, judges_held: 0 },
        };
        report.acceptability = Some((found, 42));
    }
    Paper::new(&report, &prioritise::recompute::recompute(&assessment)).unwrap()
}

/// `Secure A; Open B, C`.
fn groups(paper: &Paper) -> String {
    let group = |group: &prioritise::report::paper::model::SureGroup| {
        let members: Vec<&str> = group.members.iter().map(|member| &*member.title).collect();
        format!("{} {}", group.word, members.join(", "))
    };
    paper.front.groups.iter().map(group).collect::<Vec<_>>().join("; ")
}

/// Of places each is set against the best total without one, all others as they stand.
#[test]
fn ranges_tell_whose_place_is_secure_and_whose_is_open() {
    let (full, half) = ([Some(80), Some(80)], [Some(80), None]);
    for (candidates, told) in [
        // 80 against 60: nothing is open.
        (vec![("a", full), ("b", [Some(60), Some(60)])], "Secure A"),
        // B has 65, and could have 40 to 90.
        (vec![("a", full), ("b", half)], "Secure A; Open B"),
        // A has 65 and could fall to 40, below the 60 of B; B is known, and has no place.
        (vec![("a", half), ("b", [Some(60), Some(60)])], "Open A"),
        // At its lowest A is level with B.
        (vec![("a", half), ("b", [Some(40), Some(40)])], "Open A"),
        // Nobody is left without a place.
        (vec![("a", half)], "Secure A"),
    ] {
        assert_eq!(groups(&paper(&files("places = 1", "", &candidates), &[])), told, "{candidates:?}");
    }
}

/// Where the first tier takes totals from a number on, each is set against that.
#[test]
fn ranges_tell_who_could_cross_a_bound() {
    for (bound, told) in [(40, "Secure A"), (41, "Open A"), (65, "Open A"), (90, "Open A"), (91, "")] {
        let files = files(&format!("at_least = {bound}"), "", &[("a", [Some(80), None])]);
        assert_eq!(groups(&paper(&files, &[])), told, "{bound}");
    }
}

/// Draws say it where they were made and places are fixed, by the shares that the rules declare; elsewhere ranges do.
#[test]
fn draws_tell_it_by_the_shares_that_the_rules_declare() {
    let full = |answer: u32| [Some(answer), Some(answer)];
    let candidates = [("a", full(90)), ("b", full(80)), ("c", full(70)), ("d", full(60)), ("e", full(50))];
    let shares = [0.97, 0.93, 0.76, 0.3, 0.24];
    let told = |tier: &str, header: &str| groups(&paper(&files(tier, header, &candidates), &shares));
    assert_eq!(told("places = 3", ""), "Secure A; Probable B, C; Open D");
    assert_eq!(told("places = 3", "sure = { secure = 90, open = 20 }"), "Secure A, B; Probable C; Open D, E");
    assert_eq!(told("places = 3", "sure = { secure = 99, probable = 98, open = 97 }"), "Open A");
    assert_eq!(told("at_least = 75", ""), "Secure A, B");
}

/// A rule gives a place to those with points alone: the board is not asked to take one that is not ranked.
#[test]
fn a_rule_gives_no_place_to_one_that_is_not_ranked() {
    let gate =
        "[[gate]]\nid = \"duty\"\ntitle = \"Duty\"\nwhen = \"e1 == ()\"\neffect = \"include\"\nreason = \"A duty.\"";
    let told = |missing: &str| {
        let mut files = files("places = 1", "", &[("a", [Some(80), Some(80)]), ("b", [Some(10), None])]);
        let rules =
            files.text("rules/ruleset.toml").replace("missing = \"neutral\"", &format!("missing = \"{missing}\""));
        files.write("rules/ruleset.toml", format!("{rules}\n{gate}\n"));
        let front = paper(&files, &[]).front;
        let decided = &front.decided[0];
        (front.asks.now[0].more.clone(), format!("{}. {}", decided.what, decided.effect))
    };
    let (asked, decided) = told("neutral");
    assert_eq!(asked, "B.");
    assert_eq!(decided, "B is in. Without rules that give places, A would have one.");
    let (asked, decided) = told("refuse");
    assert_eq!(asked, "A.");
    assert_eq!(decided, "B would be in. It has no points, so it is not ranked and this gave no place.");
}

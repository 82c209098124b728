//! Changes over spans of different length brought to one year, so that they can stand beside each other.
//!
//! What is less than a year apart stays as it is, for nobody knows how the rest of the year will go.

use rhai::{Dynamic, Engine};

use super::any::{figure_of, number_of};
use super::finding::Finding;
use super::statistic::{Movement, Statistic, Yearly};
use super::with_number::with_number;
use crate::rules::script::refusal::{Fallible, refuse};
use crate::stats::{Estimate, ratio_a_year};

/// Periods whose middles are so far from a year apart are a year apart: years have 365 and 366 days.
const NEAR_A_YEAR: f64 = 0.02;

pub(super) fn register(engine: &mut Engine) {
    engine.register_fn("annualised", |value: &mut Finding| annualised(value));
    engine.register_fn("annualised", |(): ()| ());
    with_number!(engine, "annualised", Dynamic, |value: &mut Dynamic, years: f64| over(value, years));
}

/// A ratio that somebody printed, brought from so many years to one.
///
/// # Errors
/// That no ratio was given, or that there are no such years.
fn over(ratio: &Dynamic, years: f64) -> Fallible<Dynamic> {
    if ratio.is_unit() {
        return Ok(Dynamic::UNIT);
    }
    let figure = figure_of(ratio).or_else(|| number_of(ratio).map(Estimate::exact));
    let Some(figure) = figure else { return refuse("a ratio is needed, such as 1.2 for a fifth more") };
    let Some(found) = ratio_a_year(figure, years) else {
        return refuse("a ratio of 0 or more over a number of years above 0 is needed");
    };
    Ok(Dynamic::from(if is_a_year_or_less(years) { figure } else { found }))
}

/// A change that was found brought to a year; refused where the periods share days, or where there is no ratio.
///
/// # Errors
/// That the finding is no change.
fn annualised(found: &Finding) -> Fallible<Finding> {
    let (what, moved): (&'static str, &Movement) = match found.statistic() {
        Statistic::Change(moved) => ("", moved),
        Statistic::HarmChange(moved) => ("harm ", moved),
        Statistic::Refused(_) => return Ok(found.clone()),
        _ => return refuse("only a change can be brought to a year"),
    };
    let Some(figure) = found.figure() else {
        return Ok(Finding::refused("from nothing to something there is no ratio, so none a year either"));
    };
    if moved.overlapping {
        return Ok(Finding::refused("the two periods share days, so it is not known over how long it changed"));
    }
    if is_a_year_or_less(moved.years) {
        let less = moved.years < 1.0 - NEAR_A_YEAR;
        let qualm = "the middles of the periods are less than a year apart, so it is not brought to a year";
        return Ok(if less { found.clone().but(qualm.to_owned()) } else { found.clone() });
    }
    let Some(yearly) = ratio_a_year(figure, moved.years) else {
        return Ok(Finding::refused("a change can't be brought to a year"));
    };
    let statistic = Statistic::Yearly(Yearly { what, moved: *moved, ratio: yearly.estimate });
    Ok(found.clone().restated(yearly, statistic))
}

fn is_a_year_or_less(years: f64) -> bool {
    years <= 1.0 + NEAR_A_YEAR
}

#[cfg(test)]
mod tests {
    use rhai::Scope;

    use super::*;
    use crate::assessment::{Count, Denominator, Period};
    use crate::rules::script::fence::fence;
    use crate::rules::script::types::any::show;
    use crate::stats::Confidence;

    fn count(count: f64, period: &str) -> Count {
        let period = Period::parse(period).unwrap();
        let among = Some(Denominator::people(180_000.0));
        Count {
            count,
            suppressed: None,
            shared_out: None,
            pool: None,
            period,
            among,
            breaks: None,
            confidence: Confidence::default(),
        }
    }

    fn told(now: Count, before: Count, expression: &str) -> Result<String, String> {
        let mut scope = Scope::new();
        scope.push("now", now).push("before", before);
        let answer = fence().unwrap().eval_with_scope::<Dynamic>(&mut scope, expression);
        answer.map_err(|found| found.to_string()).map(|answer| show(&answer, 4).unwrap())
    }

    fn sentence(now: Count, before: Count) -> String {
        told(now, before, "now.change_from(before, \"qualify\").annualised().sentence").unwrap()
    }

    #[test]
    fn two_years_apart_is_a_root_and_the_test_stays() {
        // 10,000 to 12,100 is 21% in two years, and 10% in each.
        let (now, before) = (count(12_100.0, "2018/19"), count(10_000.0, "2016/17"));
        assert_eq!(
            sentence(now.clone(), before.clone()),
            "up 21%, from 10,000 to 12,100, beyond what chance explains: up 10% a year over 2 years"
        );
        let figure = "now.change_from(before).annualised()";
        assert_eq!(told(now.clone(), before.clone(), figure).unwrap(), "1.1 (1.0855 to 1.1147)");
        let same = "now.change_from(before).annualised().p == now.change_from(before).p";
        assert_eq!(told(now, before, same).unwrap(), "true");
    }

    #[test]
    fn a_year_apart_or_less_is_as_it_is() {
        let year = count(400.0, "2018/19");
        assert_eq!(
            sentence(count(480.0, "2019/20"), year.clone()),
            "up 20%, from 400 to 480, beyond what chance explains"
        );
        let less = sentence(count(240.0, "2019-04/2019-09"), year.clone());
        assert!(less.ends_with("less than a year apart, so it is not brought to a year"), "{less}");
        let figure =
            told(count(240.0, "2019-04/2019-09"), year, "now.change_from(before, \"qualify\").annualised().estimate");
        assert_eq!(figure.unwrap(), "1.2");
    }

    #[test]
    fn what_has_no_ratio_or_no_span_is_refused() {
        let year = count(400.0, "2018/19");
        let none = sentence(year.clone(), count(0.0, "2016/17"));
        assert_eq!(none, "from nothing to something there is no ratio, so none a year either");
        let shared = sentence(count(900.0, "2017/18"), count(800.0, "2017-10/2018-09"));
        assert!(shared.contains("the two periods share days"), "{shared}");
        let broken = told(year.clone(), year.clone(), "now.rate(1000).annualised()");
        assert!(broken.unwrap_err().contains("only a change"));
    }

    #[test]
    fn what_is_printed_is_brought_to_a_year_by_its_span() {
        let year = count(400.0, "2018/19");
        let shown = |expression: &str| told(year.clone(), year.clone(), expression);
        assert_eq!(shown("annualised(1.21, 2)").unwrap(), "1.1");
        assert_eq!(shown("annualised(estimate(1.154, 1.09, 1.222), 2)").unwrap(), "1.0742 (1.044 to 1.1054)");
        assert_eq!(shown("annualised(1.21, 0.5)").unwrap(), "1.21");
        assert_eq!(shown("annualised(0.5, 1)").unwrap(), "0.5");
        assert_eq!(shown("annualised((), 2) == ()").unwrap(), "true");
        for wrong in ["annualised(-0.2, 2)", "annualised(1.2, 0)", "annualised(\"up\", 2)"] {
            assert!(shown(wrong).is_err(), "{wrong}");
        }
    }
}

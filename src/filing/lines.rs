//! The lines in which two texts differ, for people to read before and after they are written.

/// So many lines beside each other are compared; of larger stretches all are told as changed.
const MOST_COMPARED: usize = 4_000_000;

/// The lines that go, behind `-`, and those that come, behind `+`, each stretch under the number of its first line.
pub(super) fn differing(before: &str, after: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let start = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let rest = |lines: &[&'_ str]| lines.len() - start;
    let most_end = rest(&old).min(rest(&new));
    let end = old.iter().rev().zip(new.iter().rev()).take(most_end).take_while(|(one, other)| one == other).count();
    let old_part = old.get(start..old.len() - end).unwrap_or_default();
    let new_part = new.get(start..new.len() - end).unwrap_or_default();
    let mut told = Vec::new();
    let mut line = start + 1;
    let mut is_open = false;
    for step in steps(old_part, new_part) {
        match step {
            LineStep::Same => (line, is_open) = (line + 1, false),
            LineStep::Gone(text) | LineStep::New(text) => {
                if !is_open {
                    told.push(format!("line {line}"));
                    is_open = true;
                }
                let is_gone = matches!(step, LineStep::Gone(_));
                told.push(format!("{} {text}", if is_gone { "-" } else { "+" }));
                line += usize::from(!is_gone);
            }
        }
    }
    told
}

#[derive(Clone, Copy)]
enum LineStep<'t> {
    Same,
    Gone(&'t str),
    New(&'t str),
}

/// From the one list of lines to the other, with as many the same as can be.
fn steps<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<LineStep<'t>> {
    let all_changed = || {
        let gone = old.iter().map(|line| LineStep::Gone(line));
        gone.chain(new.iter().map(|line| LineStep::New(line))).collect()
    };
    if old.len().saturating_mul(new.len()) > MOST_COMPARED {
        return all_changed();
    }
    // How many lines are the same from here to the end of both.
    let width = new.len() + 1;
    let mut same = vec![0_u32; (old.len() + 1) * width];
    let at = |same: &[u32], one: usize, other: usize| same.get(one * width + other).copied().unwrap_or(0);
    for (one, line) in old.iter().enumerate().rev() {
        for (other, its) in new.iter().enumerate().rev() {
            let most = match line == its {
                true => at(&same, one + 1, other + 1) + 1,
                false => at(&same, one + 1, other).max(at(&same, one, other + 1)),
            };
            if let Some(slot) = same.get_mut(one * width + other) {
                *slot = most;
            }
        }
    }
    let (mut steps, mut one, mut other) = (Vec::new(), 0, 0);
    loop {
        match (old.get(one), new.get(other)) {
            (Some(line), Some(its)) if line == its => {
                steps.push(LineStep::Same);
                (one, other) = (one + 1, other + 1);
            }
            (Some(line), its) if its.is_none() || at(&same, one + 1, other) >= at(&same, one, other + 1) => {
                steps.push(LineStep::Gone(line));
                one += 1;
            }
            (_, Some(its)) => {
                steps.push(LineStep::New(its));
                other += 1;
            }
            (_, None) => return steps,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::differing;

    #[test]
    fn lines_that_stay_are_not_told() {
        let told = differing("a\nb\nc\nd\n", "a\nB\nc\nd\ne\n");
        assert_eq!(told, ["line 2", "- b", "+ B", "line 5", "+ e"]);
        assert_eq!(differing("a\nb\n", "a\nb\n"), [""; 0]);
        assert_eq!(differing("", "a\n"), ["line 1", "+ a"]);
        assert_eq!(differing("x\na\n", "a\n"), ["line 1", "- x"]);
    }
}

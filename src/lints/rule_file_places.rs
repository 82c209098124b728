//! Where in the rule file a finding's numbers stand.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Place, Problems, SourceFile};
use crate::rules::RuleSet;
use crate::rules::format::RuleSetFile;
use crate::toml_file::parse;

/// The rule file as it is written. The rule set was made of it, so criteria and groups have the same numbers.
pub(super) struct RuleFilePlaces {
    source: Arc<SourceFile>,
    file: RuleSetFile,
}

impl RuleFilePlaces {
    pub(super) fn read(rules: &RuleSet) -> Option<Self> {
        let source = Arc::clone(&rules.place.source);
        let file = parse::<RuleSetFile>(&source, &mut Problems::default())?.file;
        Some(Self { source, file })
    }

    fn at(&self, span: Option<&Range<usize>>) -> Place {
        Place::new(&self.source, span.cloned().unwrap_or_default())
    }

    /// A criterion's weight.
    pub(super) fn weight(&self, criterion: usize) -> Place {
        self.at(self
            .file
            .criterion
            .get(criterion)
            .map(|it| it.value.weight.as_ref().map_or(&it.span, |weight| &weight.span)))
    }

    /// A group's weight, or the group where it has none.
    pub(super) fn group(&self, group: usize) -> Place {
        let group = self.file.group.get(group);
        self.at(group.map(|it| it.value.weight.as_ref().map_or(&it.span, |weight| &weight.span)))
    }

    /// The lower or upper end of a criterion's value function.
    pub(super) fn end(&self, criterion: usize, upper: bool) -> Place {
        let value = self.file.criterion.get(criterion).map(|it| &it.value.value);
        let span = value.map(|it| it.value.written().end(upper).unwrap_or(&it.span));
        self.at(span)
    }

    /// What stands in for a criterion's missing answers.
    pub(super) fn missing(&self, criterion: usize) -> Place {
        self.at(self.file.criterion.get(criterion).map(|it| &it.value.missing.span))
    }

    /// The confidence level.
    pub(super) fn confidence(&self) -> Place {
        self.at(self.file.ruleset.confidence.as_ref().map(|level| &level.span))
    }

    /// How points become a total.
    pub(super) fn combine(&self) -> Place {
        self.at(self.file.ruleset.combine.as_ref().map(|combine| &combine.span))
    }
}

//! A closed list of the rule language, written once: the enum, all its members, the word that files have for each.

use crate::words::either;

/// Writes the enum of a list, and what goes through all of it, from one line for each member: its word in files and its
/// name. Where each member has a type of the same name that says more of it, `=> what: Trait` adds the one way to ask it.
macro_rules! closed_list {
    (
        $(#[$about:meta])+
        pub enum $List:ident $(=> $what:ident: $Trait:ident)? {
            $($(#[$member_about:meta])+ $word:literal => $Member:ident,)+
        }
    ) => {
        $(#[$about])+
        pub enum $List {
            $($(#[$member_about])+ #[serde(rename = $word)] $Member,)+
        }

        impl $List {
            /// Every member, in the order of the guide.
            pub const ALL: &[Self] = &[$(Self::$Member),+];
            /// The words that files have for them, in the same order.
            pub const WORDS: &[&'static str] = &[$($word),+];

            /// The word that files have for it.
            pub fn word(&self) -> &'static str {
                match self {
                    $(Self::$Member => $word,)+
                }
            }
        }

        $crate::rules::list::closed_list!(@ask $List $(=> $what: $Trait)? { $($Member)+ });
    };
    (@ask $List:ident => $what:ident: $Trait:ident { $($Member:ident)+ }) => {
        impl $List {
            /// What it says of itself.
            pub fn $what(&self) -> &'static dyn $Trait {
                match self {
                    $(Self::$Member => &$Member,)+
                }
            }
        }
    };
    (@ask $List:ident { $($Member:ident)+ }) => {};
}

pub(crate) use closed_list;

/// Words as the description of a key names them: `` `include`, `veto` or `defer` ``.
pub(crate) fn one_of(words: &[&str]) -> String {
    either(&words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>())
}

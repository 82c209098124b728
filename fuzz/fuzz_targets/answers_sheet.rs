#![no_main]
prioritise_fuzz::fuzz!("answers_sheet");

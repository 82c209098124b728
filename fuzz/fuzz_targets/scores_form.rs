#![no_main]
prioritise_fuzz::fuzz!("scores_form");

#![no_main]
prioritise_fuzz::fuzz!("figures_form");

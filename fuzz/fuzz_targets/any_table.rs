#![no_main]
prioritise_fuzz::fuzz!("any_table");

#![no_main]
prioritise_fuzz::fuzz!("home_office");

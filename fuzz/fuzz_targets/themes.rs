#![no_main]
prioritise_fuzz::fuzz!("themes");

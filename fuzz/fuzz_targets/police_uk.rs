#![no_main]
prioritise_fuzz::fuzz!("police_uk");

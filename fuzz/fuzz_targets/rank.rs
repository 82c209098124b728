#![no_main]
prioritise_fuzz::fuzz!("rank");

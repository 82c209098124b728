#![no_main]
prioritise_fuzz::fuzz!("population");

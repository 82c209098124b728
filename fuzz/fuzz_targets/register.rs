#![no_main]
prioritise_fuzz::fuzz!("register");

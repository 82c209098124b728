#![no_main]
prioritise_fuzz::fuzz!("record_json");

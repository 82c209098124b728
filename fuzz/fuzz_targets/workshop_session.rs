#![no_main]
prioritise_fuzz::fuzz!("workshop_session");

#![no_main]
prioritise_fuzz::fuzz!("plan_reviewed");

#![no_main]
prioritise_fuzz::fuzz!("member_list");

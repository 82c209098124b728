#![no_main]
prioritise_fuzz::fuzz!("secret_key");

#![no_main]
prioritise_fuzz::fuzz!("workbook_parts");

//! The engine as its users meet it: folders in, text out. One binary; a file for each concern.

mod fixtures;

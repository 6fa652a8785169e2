//! What people do in the window, one file a job.

mod agreement;
mod begun;
mod calibration;
mod difficult_texts;
mod findings;
mod judge;
mod lock;
mod looks;
mod many_leaks;
mod mask_by_hand;
mod new_study;
mod planning;
mod rating;
mod study;
mod xstest;

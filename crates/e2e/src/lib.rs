//! Drives the built application in its real window

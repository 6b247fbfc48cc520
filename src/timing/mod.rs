//! What the times of actions tell; one algorithm a file.

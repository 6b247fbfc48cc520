//! Who follows whom and who acts on what, as graphs; one algorithm a file.

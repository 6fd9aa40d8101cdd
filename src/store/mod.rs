//! (chapter being written)

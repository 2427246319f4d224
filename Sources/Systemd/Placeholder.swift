// Filled by this target's first type.

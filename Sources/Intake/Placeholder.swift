// The state machine of a note's way in.

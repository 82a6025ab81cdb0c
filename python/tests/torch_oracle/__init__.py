"""What torch itself answers, kept so that tests do not need it."""

"""Pure: language, length counting, what needs a reply."""

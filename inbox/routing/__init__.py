"""Pure: conditions, the rule engine, keyword areas and assignment."""

"""What reports count, read in one pass each: waits, targets, mentions, spells, handling, threads, incidents."""

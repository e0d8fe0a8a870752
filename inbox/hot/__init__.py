"""Pure: baselines, bursts and clusters of hot issues (not there yet)."""

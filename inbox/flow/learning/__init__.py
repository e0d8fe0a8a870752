"""Learning from the workspace's own history: what it is learnt from, training, and asking what was learnt."""

"""Hot issues in a workspace: watching what comes in, opening incidents, and what people do with them."""

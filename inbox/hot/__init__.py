"""Pure: what is usual in a stream of mentions, what is far more than that, and the evidence for saying so."""

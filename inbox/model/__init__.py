"""The nouns of the product, frozen and free of any library.

Glossary: network (mastodon, bluesky ...) - account (a brand's presence on a network) - source (what is pulled for it)
- mention (one post, inbound or outbound) - author (who wrote it) - thread (the unit of work: the mentions of
one exchange between one author and one account) - area (job area) - employee - rule - policy - calendar -
clock (one measured wait) - draft, reply (an answer being written, and in the outbox) - note - tag - view
(a saved filter) - gap (a span a network could not give) - quarantine (payloads that could not be parsed)
- request (what a desktop asks of the collector) - audit event - workspace (one database and its settings).
"""

"""Real servers on loopback, and the tests that drive the networks against them.

``python -m tests.servers.prepare`` installs what they need. Without it the tests are skipped with the reason
printed, unless ``INBOX_REQUIRE_SERVERS=1`` is set: then they fail.
"""

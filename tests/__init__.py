"""All tests of the product."""

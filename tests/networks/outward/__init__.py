"""Tests of the services that calls for help reach."""

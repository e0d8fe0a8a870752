"""Tests of the backtest screen."""

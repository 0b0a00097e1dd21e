"""Tests of the house itself: its arrows, budgets, words and colours."""

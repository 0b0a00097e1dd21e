"""Rows that pages query, made from records. They follow the log and can be rebuilt at any time."""

from .follow import ORGANISATION, REPORTS, Projection, catch_up, is_behind, rebuild

__all__ = ["ORGANISATION", "REPORTS", "Projection", "catch_up", "is_behind", "rebuild"]

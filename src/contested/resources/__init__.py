"""Loads and checks what ships beside the code: rule files, tables, models."""

from contested.resources.numbers import is_number_word, read_number, write_number
from contested.resources.rules import Rule, load_rules, parse_rules

__all__ = ["Rule", "is_number_word", "load_rules", "parse_rules", "read_number", "write_number"]

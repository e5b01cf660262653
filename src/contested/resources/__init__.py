"""Loads and checks what ships beside the code: rule files, tables, models."""

from contested.resources.rules import Rule, load_rules, parse_rules

__all__ = ["Rule", "load_rules", "parse_rules"]

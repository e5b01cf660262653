"""What we know in the forms that others already read: one file a format, legal values only, nothing stated as fact."""

from contested.export.formats import FormatName, load_format
from contested.export.numbers import Chosen, KilledRule, choose
from contested.export.options import Options
from contested.export.out import Out, OutFile, OutFolder
from contested.export.problems import Problem
from contested.export.view import Case, ExportView, ReportList, Reports, Telling, Told

__all__ = [
    "Case",
    "Chosen",
    "ExportView",
    "FormatName",
    "KilledRule",
    "Options",
    "Out",
    "OutFile",
    "OutFolder",
    "Problem",
    "ReportList",
    "Reports",
    "Telling",
    "Told",
    "choose",
    "load_format",
]

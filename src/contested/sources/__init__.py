"""From any path, bytes or URL to Documents: what came in, untouched, with its sentences and its frame."""

from contested.sources.counting import count_reports
from contested.sources.find import find_documents
from contested.sources.options import ReadOptions
from contested.sources.report import LONGEST_REPORT, document

__all__ = ["LONGEST_REPORT", "ReadOptions", "count_reports", "document", "find_documents"]

"""What goes beside the files of an export folder: what they are, what was asked, by which rules, from which content."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from contested import places
from contested.errors import ResourceError
from contested.export.formats import FormatName
from contested.export.options import KilledRule, Options
from contested.export.schema import Column, Kind, load_columns

README, PACKAGE, QUERY = "README.md", "datapackage.json", "query.json"
_MEDIA = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".geojson": "application/geo+json",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain",
    ".ann": "text/plain",
    ".conf": "text/plain",
    ".md": "text/markdown",
}
_RULES = {
    KilledRule.RANGE: "no number is chosen: a number stands only where all who give one give the same",
    KilledRule.LOWEST: "the lowest number that still stands",
    KilledRule.HIGHEST: "the highest number that still stands",
    KilledRule.MEDIAN_OF_ORIGINS: "the lower median over independent origins",
    KilledRule.MAJORITY_OF_ORIGINS: "the number that most independent origins give, the lower one in a tie",
    KilledRule.LATEST: "the number of the latest report",
}


def write_bundle(
    folder: Path, name: FormatName, files: Sequence[str], options: Options, content: str, gazetteers: Iterable[str] = ()
) -> list[str]:
    """Write README, query and data package beside the files of an export, and return their names.

    The same export gives the same bytes: nothing here tells when it was made.

    Args:
        folder: where the files are.
        name: the format.
        files: their names, the main one first.
        options: what was asked.
        content: the hash of the store.
        gazetteers: the sources of its places, as the view names them; their licences ask to be cited.
    """
    asked = query(name, options, content)
    cited = sorted(map(places.cited, gazetteers))
    _dump(folder / QUERY, asked)
    _dump(folder / PACKAGE, _package(folder, name, files, asked, cited))
    (folder / README).write_text(_readme(name, files, options, content, cited), encoding="utf-8", newline="\n")
    return [QUERY, PACKAGE, README]


def query(name: FormatName, options: Options, content: str) -> dict[str, Any]:
    """Return what was asked, so that it can be asked again of the same content."""
    s = options.selection
    return {
        "format": name.value,
        "filters": {
            "place": s.place or None,
            "from": s.since.isoformat() if s.since else None,
            "until": s.until.isoformat() if s.until else None,
            "types": sorted(t.value for t in s.types),
            "actor": s.actor or None,
            "contested": s.contested,
            "least_reports": s.least_reports,
        },
        "killed_rule": options.killed_rule.value,
        "include_names": options.include_names,
        "round_coordinates": options.round_coordinates,
        "embargo": options.embargo.isoformat() if options.embargo else None,
        "longest_quote": options.longest_quote,
        "full_text": options.full_text,
        "hxl": options.hxl,
        "date_by_report": options.date_by_report,
        "contested": options.code,
        "content_sha256": content,
    }


def _package(
    folder: Path, name: FormatName, files: Sequence[str], asked: dict[str, Any], cited: Sequence[str]
) -> dict[str, Any]:
    return {
        "name": f"contested-{name.value}",
        "title": f"Claims of news reports on armed conflict, in the form {name.value}",
        "description": "What reports claim. Nothing here is established; see README.md.",
        "version": asked["contested"],
        "sources": [
            {"title": "news reports; their texts are not part of this package"},
            *({"title": f"places: {source}"} for source in cited),
        ],
        "contested:query": asked,
        "resources": [_resource(folder, file) for file in files],
    }


def _resource(folder: Path, file: str) -> dict[str, Any]:
    content = (folder / file).read_bytes()
    path = Path(file)
    resource: dict[str, Any] = {
        "name": _slug(path),
        "path": file,
        "format": path.suffix.removeprefix("."),
        "mediatype": _MEDIA.get(path.suffix, "application/octet-stream"),
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
    }
    columns = _columns(path) if path.suffix in (".csv", ".tsv") else ()
    if columns:
        tags = content.split(b"\n", 2)[1:2] and content.split(b"\n", 2)[1].startswith(b"#")
        dialect = {"delimiter": "\t" if path.suffix == ".tsv" else ","}
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8", "dialect": dialect}
        if tags:
            resource["dialect"]["commentChar"] = "#"
        resource["schema"] = {"fields": [_field(c) for c in columns], "missingValues": [""]}
    return resource


def _slug(path: Path) -> str:
    return "".join(c if c.isalnum() else "-" for c in path.as_posix().lower()).strip("-")


def _columns(path: Path) -> tuple[Column, ...]:
    table = path.stem if not path.stem.endswith("_not_coded") else "not_coded"
    try:
        return load_columns(table)
    except ResourceError:
        return ()  # a table whose columns another room describes


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.legal:
        constraints["enum"] = [int(v) if column.kind is Kind.INTEGER else v for v in column.legal]
    if column.least is not None:
        constraints["minimum"] = _plain(column.least)
    if column.most is not None:
        constraints["maximum"] = _plain(column.most)
    field: dict[str, Any] = {"name": column.name, "type": column.kind.value, "description": column.meaning}
    if column.kind is Kind.DATETIME:
        field["format"] = "%Y-%m-%d %H:%M:%S.%f"
    return field | ({"constraints": constraints} if constraints else {})


def _plain(number: float) -> int | float:
    return int(number) if number.is_integer() else number


def _readme(name: FormatName, files: Sequence[str], options: Options, content: str, cited: Sequence[str]) -> str:
    lines = [
        f"# Claims in the form `{name.value}`",
        "",
        "Everything here is what news reports **claim**. Nothing is established. A row says who says so; read its",
        "notes, its sources and the claims behind it before you use a number, a doer or a place.",
        "",
        *_said_of(name),
        f"- Number of killed: `{options.killed_rule.value}`: {_rule(name, options.killed_rule)}.",
        "- Origins are counted, not copies: reprints and wire copies of one text are one origin.",
        "- Names of private people: " + ("given." if options.include_names else "withheld (█), letter by letter."),
        f"- Coordinates: {_coordinates(options)}.",
        *([f"- Places are those of {'; '.join(cited)}."] if cited else []),
        f"- Embargo: {_embargo(options)}.",
        f"- Quotes: at most {options.longest_quote} characters"
        + ("; whole texts are included." if options.full_text else "; no whole texts."),
        "",
        "`query.json` says what was asked, `datapackage.json` what each file and column is, with checksums.",
        "",
        f"Made by contested {options.code} from content with SHA-256 {content}.",
        "",
        "Files:",
        "",
        *(f"- `{file}`" for file in files[:_MOST_FILES]),
    ]
    if len(files) > _MOST_FILES:
        lines.append(f"- … and {len(files) - _MOST_FILES} more; `datapackage.json` lists all")
    return "\n".join(lines) + "\n"


_MOST_FILES = 40  # in the README


def _rule(name: FormatName, rule: KilledRule) -> str:
    if rule is KilledRule.RANGE and name in (FormatName.ACLED, FormatName.HAPI):
        return f"this form needs one number, so by its codebook {_RULES[KilledRule.LOWEST]}"
    return _RULES[rule]


def _said_of(name: FormatName) -> list[str]:
    if name is FormatName.ACLED:
        return [
            "- This is **not ACLED data** and must not be called so: only its columns and codebook were followed.",
            "",
        ]
    if name in (FormatName.UCDP, FormatName.HAPI, FormatName.POLECAT):
        return [
            f"- This is not {name.value.upper()} data: only its columns and its codebook's rules were followed.",
            "",
        ]
    return []


def _coordinates(options: Options) -> str:
    if options.round_coordinates is None:
        return "as the gazetteer has them, with a radius of uncertainty"
    return f"rounded to {options.round_coordinates} decimals, the radius widened accordingly"


def _embargo(options: Options) -> str:
    return f"nothing of {options.embargo.isoformat()} or later" if options.embargo else "none"


def _dump(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")

import pytest
from click.testing import CliRunner

from contested.cli.gazetteer import gazetteer


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *arguments: runner.invoke(gazetteer, [str(a) for a in arguments])


def test_explain_shows_the_ranking(run, tmp_path, monkeypatch):
    monkeypatch.setattr("contested.cli.gazetteer.default_path", lambda: tmp_path / "none.sqlite")
    result = run("explain", "Khan Tuman", "--near", "Aleppo")
    assert result.exit_code == 0
    assert "Khan Touman (SYR)" in result.output
    assert "beside Aleppo" in result.output
    assert "prominence" in result.output


def test_a_place_beside_it_helps_an_unsure_spelling(run, tmp_path):
    table, file = tmp_path / "villages.csv", tmp_path / "g.sqlite"
    table.write_text("id,name,lat,lon,aliases\nQ-17,Qirdalun,35.61,36.82,Kerdalun\n")
    run("import", "csv", table, "--country", "SYR", "--file", file)
    assert run("explain", "Kerdaloun", "--file", file).output.startswith("NIL")  # no country, another spelling
    found = run("explain", "Kerdaloun", "--near", "Idlib", "--near", "Xyzzyx", "--file", file)
    assert found.output.startswith("Qirdalun (SYR)")
    assert "beside Idlib" in found.output
    assert "Q-17" in found.output


def test_nil_has_no_empty_table(run, tmp_path, monkeypatch):
    monkeypatch.setattr("contested.cli.gazetteer.default_path", lambda: tmp_path / "none.sqlite")
    assert "score" not in run("explain", "Xyzzyx").output


def test_import_tells_bad_lines_by_number_and_sources_lists_it(run, tmp_path):
    table, file = tmp_path / "villages.csv", tmp_path / "g.sqlite"
    table.write_text("name,lat,lon\nQirdalun,35.1,37.2\nNowhere,0,0\n")
    result = run("import", "csv", table, "--country", "SYR", "--licence", "CC0", "--file", file)
    assert result.exit_code == 0, result.output
    assert "1 places from 3 lines, 1 bad" in result.output
    assert "line 3: no point on the globe" in result.output
    listed = run("sources", "--file", file)
    assert "villages.csv" in listed.output
    assert "CC0" in listed.output
    again = run("import", "csv", table, "--country", "SYR", "--file", file)
    assert "complete (3 lines, read by earlier runs)" in again.output
    found = run("explain", "Qirdalun", "--file", file)
    assert "35.1000, 37.2000" in found.output


def test_every_bad_line_can_be_listed(run, tmp_path):
    table, file = tmp_path / "villages.csv", tmp_path / "g.sqlite"
    table.write_text("name,lat,lon\n" + "Nowhere,0,0\n" * 12)
    result = run("import", "csv", table, "--name", "bad villages", "--file", file)
    assert "and 2 more: contested gazetteer bad-lines 'bad villages'" in result.output
    listed = run("bad-lines", "bad villages", "--file", file).output.splitlines()
    assert [line.split("\t")[0] for line in listed] == [str(number) for number in range(2, 14)]


def test_a_missing_table_is_one_line_of_error(run, tmp_path):
    result = run("import", "geonames", tmp_path / "SY.txt", "--file", tmp_path / "g.sqlite")
    assert result.exit_code == 1
    assert result.output.strip().endswith("SY.txt: no such file")


def test_a_column_needs_a_heading(run, tmp_path):
    result = run("import", "csv", tmp_path / "a.csv", "--column", "name", "--file", tmp_path / "g.sqlite")
    assert result.exit_code == 2
    assert "FIELD=HEADING" in result.output

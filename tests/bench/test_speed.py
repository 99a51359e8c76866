"""The bench of speed: indexes that are kept are asked again instead of being built."""

from pathlib import Path

from click.testing import CliRunner

from bench.speed import main


def _told(keep: Path) -> list[str]:
    done = CliRunner().invoke(main, ["--reports", "200", "--engine", "ours", "--keep", str(keep)])
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def test_a_kept_index_is_asked_again_and_one_that_was_broken_off_is_built_anew(tmp_path: Path) -> None:
    (tmp_path / "200" / "ours.unfinished" / "index").mkdir(parents=True)
    built = _told(tmp_path)
    assert built[-1] == "0 differences; first tens tried: 64"
    (index,) = (tmp_path / "200" / "ours" / "index").glob("*.arrays")
    written = index.stat().st_mtime_ns
    asked = _told(tmp_path)
    assert asked[-1] == "0 differences; first tens tried: 0"
    assert next(line for line in asked if line.startswith("reports per second")).endswith("nan")
    assert index.stat().st_mtime_ns == written
    assert [path.name for path in (tmp_path / "200").iterdir()] == ["ours"]

"""A shard gives back what is whole in it, wherever the process that wrote it was killed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from figpath.corpus.shard import ShardWriter, read_shard

if TYPE_CHECKING:
    from pathlib import Path

RESULTS = ["one", {"two": b"\0" * 1000}, ("three", 3)]


def written(path: Path) -> Path:
    shard: ShardWriter[Any] = ShardWriter(path)
    for result in RESULTS:
        shard.add(result)
    shard.close()
    return path


def test_results_come_back_in_order_from_any_place(tmp_path: Path) -> None:
    path = written(tmp_path / "a.shard")
    found = list(read_shard(path))
    assert [result for result, _ in found] == RESULTS
    assert [result for result, _ in read_shard(path, start=found[0][1])] == RESULTS[1:]
    assert found[-1][1] == path.stat().st_size


def test_a_shard_cut_anywhere_has_its_whole_results(tmp_path: Path) -> None:
    path = written(tmp_path / "a.shard")
    data, ends = path.read_bytes(), [place for _, place in read_shard(path)]
    for length in range(len(data)):
        path.write_bytes(data[:length])
        assert [result for result, _ in read_shard(path)] == RESULTS[: sum(end <= length for end in ends)]

"""An input that another one makes meaningless is out of the way, and comes back with it."""

from techamp.campus.play.bench import bench_of

DUEL = "process_control.chart_duel"
FREE = ["a_chart", "a_weight", "a_reference"]


def idle(**asked: str) -> set[str]:
    return {c.field.name for c in bench_of(DUEL, {}, FREE, asked).controls if c.idle}


def test_follows_the_choice() -> None:
    assert idle(a_chart="shewhart") == {"a_weight", "a_reference"}
    assert idle(a_chart="ewma") == {"a_reference"}
    assert idle(a_chart="cusum") == {"a_weight"}


def test_is_not_listed_as_fixed_either() -> None:
    bench = bench_of(DUEL, {"a_chart": "shewhart"}, ["b_chart"], {})
    assert not {"a_weight", "a_reference"} & {c.field.name for c in bench.fixed}

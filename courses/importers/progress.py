"""How far a worker is with an import: in the cache, since the worker's transaction shows nothing before its end."""

from django.core.cache import cache

KEPT_SECONDS = 3_600


def tell(run_id: int, done: int, total: int | None = None) -> None:
    """`total` is None where it is not known yet."""
    cache.set(_key(run_id), (done, total), KEPT_SECONDS)


def told(run_id: int) -> tuple[int, int | None]:
    """(done, total) as last told; nothing done where nobody told."""
    done, total = cache.get(_key(run_id)) or (0, None)
    return done, total


def forget(run_id: int) -> None:
    cache.delete(_key(run_id))


def _key(run_id: int) -> str:
    return f"import-progress:{run_id}"

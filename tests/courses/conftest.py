from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@pytest.fixture(autouse=True)
def forgetful_cache() -> Iterator[None]:
    """Counters and throttles of one test are unknown to the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def count_queries(client: Client) -> Callable[[str], int]:
    """`count_queries(address)`: how many statements the page sends, once it has been opened before."""

    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count

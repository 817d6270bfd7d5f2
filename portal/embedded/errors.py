"""What can go wrong when a store is started; the messages say what to do."""


class StoreFailed(Exception):
    """A store could not be found or started."""


class StoresBusy(StoreFailed):
    """Another process already runs the stores of this folder."""

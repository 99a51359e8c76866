"""A store is nowhere to a reader, or whole: never half made."""

from pathlib import Path
from threading import Event, Thread

from archive.errors import DataFolderError
from archive.settings import Settings
from archive.store import Store

ROUNDS = 15


def test_a_reader_that_comes_while_a_store_is_made_is_never_told_it_is_another_program_s(
    tmp_path: Path,
) -> None:
    surprises: list[Exception] = []
    for number in range(ROUNDS):
        settings = Settings(home=tmp_path / str(number))
        made = Event()

        def keep_opening(settings: Settings = settings, made: Event = made) -> None:
            while not made.is_set():
                try:
                    Store.open(settings).close()
                except DataFolderError:
                    continue  # not there yet, or still empty
                except Exception as error:
                    surprises.append(error)

        readers = [Thread(target=keep_opening) for _ in range(3)]
        for reader in readers:
            reader.start()
        Store.open(settings, writable=True).close()
        made.set()
        for reader in readers:
            reader.join()
    assert surprises == []

"""What Anki itself holds after importing a package into an empty collection, as JSON.

Usage: python anki_import.py FILE.apkg, with the PyPI package anki installed. Runs beside Tandem; nothing of it is linked.
"""

import json
import os
import sys
import tempfile

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


def look(path):
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(os.path.join(folder, "collection.anki2"))
        options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=False)
        request = ImportAnkiPackageRequest(package_path=os.path.abspath(path), options=options)
        log = collection.import_anki_package(request).log
        today = collection.sched.today
        rows = collection.db.all(
            "select n.guid, c.ord, c.type, c.queue, c.due, c.ivl, c.reps, c.lapses, c.odid from cards c join notes n on n.id = c.nid"
        )
        cards = {}
        for guid, ordinal, kind, queue, due, interval, reviews, lapses, _ in rows:
            # The days of a review count from the collection's own first day, so they are told from today.
            cards[f"{guid}#{ordinal}"] = [kind, queue, due - today if kind == 2 else due, interval, reviews, lapses]
        found = {
            "new": len(log.new),
            "notes": collection.note_count(),
            "cards": collection.card_count(),
            "answers": collection.db.scalar("select count(*) from revlog"),
            "decks": sorted(d.name for d in collection.decks.all_names_and_ids() if d.name != "Default"),
            "media": sorted(os.listdir(collection.media.dir())),
            "schedule": cards,
        }
        collection.close()
        return found


if __name__ == "__main__":
    print(json.dumps(look(sys.argv[1]), ensure_ascii=False, sort_keys=True))

import Store
import Web

/// What came with a person's decks and cards alone do not hold: notes, their types, decks, sounds and pictures.
enum DeckTables {
  static let migrations = [
    Migration(
      "decks/1",
      [
        """
        CREATE TABLE deck_note_type (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, type_id BIGINT NOT NULL, definition TEXT NOT NULL,
          PRIMARY KEY (org_id, person_id, type_id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        """
        CREATE TABLE deck_note (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, guid TEXT NOT NULL, type_id BIGINT NOT NULL,
          modified BIGINT NOT NULL, tags TEXT NOT NULL, fields TEXT NOT NULL,
          PRIMARY KEY (org_id, id), UNIQUE (org_id, person_id, guid),
          FOREIGN KEY (org_id, person_id, type_id) REFERENCES deck_note_type (org_id, person_id, type_id))
        """,
        """
        CREATE TABLE deck_card (
          org_id BIGINT NOT NULL, card_id BIGINT NOT NULL, note_id BIGINT NOT NULL, ordinal BIGINT NOT NULL, deck TEXT NOT NULL,
          PRIMARY KEY (org_id, card_id), UNIQUE (org_id, note_id, ordinal), FOREIGN KEY (org_id, card_id) REFERENCES card (org_id, id),
          FOREIGN KEY (org_id, note_id) REFERENCES deck_note (org_id, id))
        """,
        """
        CREATE TABLE deck_media (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, name TEXT NOT NULL, content BYTEA NOT NULL,
          PRIMARY KEY (org_id, id), UNIQUE (org_id, person_id, name), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
      ])
  ]

  static let personalData = [
    PersonalColumn("deck_note_type", ["org_id", "person_id", "type_id"], .none, .delete),
    PersonalColumn("deck_note_type", ["definition"], .content, .delete),
    PersonalColumn("deck_note", ["org_id", "id", "person_id", "guid", "type_id", "modified"], .none, .delete),
    PersonalColumn("deck_note", ["tags", "fields"], .content, .delete),
    PersonalColumn("deck_card", ["org_id", "card_id", "note_id", "ordinal"], .none, .delete),
    PersonalColumn("deck_card", ["deck"], .content, .delete),
    PersonalColumn("deck_media", ["org_id", "id", "person_id"], .none, .delete),
    PersonalColumn("deck_media", ["name", "content"], .content, .delete),
  ]
}

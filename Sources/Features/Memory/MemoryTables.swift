import Store
import Web

/// Fits of the memory model to people's own answers. A row is never changed: what was tried, what it was worth, whether it is in use.
enum MemoryTables {
  static let migrations = [
    Migration(
      "memory/1",
      [
        """
        CREATE TABLE memory_fit (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, version BIGINT NOT NULL CHECK (version > 0),
          fitted_at BIGINT NOT NULL, reviews BIGINT NOT NULL, items BIGINT NOT NULL, trained BIGINT NOT NULL, weights TEXT NOT NULL,
          scores TEXT NOT NULL, adopted BIGINT NOT NULL CHECK (adopted IN (0, 1)),
          PRIMARY KEY (org_id, id), UNIQUE (org_id, person_id, version), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        .sqlite(
          """
          CREATE TRIGGER memory_fit_no_update BEFORE UPDATE ON memory_fit
          BEGIN SELECT RAISE(ABORT, 'fits are append-only'); END
          """),
        .postgres(
          """
          CREATE FUNCTION memory_fit_append_only() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'fits are append-only' USING ERRCODE = '23514'; END $$
          """),
        .postgres(
          "CREATE TRIGGER memory_fit_no_update BEFORE UPDATE ON memory_fit FOR EACH ROW EXECUTE FUNCTION memory_fit_append_only()"),
      ])
  ]

  static let personalData = [
    PersonalColumn("memory_fit", ["org_id", "id", "person_id", "version", "fitted_at"], .none, .delete),
    PersonalColumn("memory_fit", ["reviews", "items", "trained", "weights", "scores", "adopted"], .behaviour, .delete),
  ]
}

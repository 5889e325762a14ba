import Store

/// The number that tells whether what is known of a person's time still holds: `person.time_version`.
///
/// Whatever `PersonTime` reads counts it up, in the same transaction and by the database itself, so that no way of writing can forget it.
enum PersonTimeTables {
  /// After the tables of all features that it watches.
  static let migrations = [
    Migration(
      "availability/4",
      ["ALTER TABLE person ADD COLUMN time_version BIGINT NOT NULL DEFAULT 0"] + watched.flatMap(\.statements))
  ]

  private static let watched = [
    Watched("weekly_window"), Watched("availability_setting"), Watched("availability_exception"), Watched("occupancy"),
    Watched("session", "mentor_id", columns: ["state", "mentor_id", "starts_at", "ends_at", "held_until"]),
    Watched("group_session", "mentor_id"), Watched("learning_window"),
    // Its busy times are exchanged when it is read or removed, thousands at once: the calendar stands for them.
    Watched("busy_feed", columns: ["expanded_at"]),
  ]

  private struct Watched {
    let table: String
    let person: String
    /// Those whose change counts; empty for any.
    let columns: [String]

    init(_ table: String, _ person: String = "person_id", columns: [String] = []) {
      self.table = table
      self.person = person
      self.columns = columns
    }

    var statements: [Migration.Statement] {
      let update = columns.isEmpty ? "UPDATE" : "UPDATE OF " + columns.joined(separator: ", ")
      return [
        .sqlite("CREATE TRIGGER \(table)_time_insert AFTER INSERT ON \(table) BEGIN \(count("NEW")); END"),
        .sqlite("CREATE TRIGGER \(table)_time_delete AFTER DELETE ON \(table) BEGIN \(count("OLD")); END"),
        .sqlite(
          """
          CREATE TRIGGER \(table)_time_update AFTER \(update) ON \(table)
          BEGIN \(count("OLD")); \(count("NEW")) AND NEW.\(person) <> OLD.\(person); END
          """),
        .postgres(
          """
          CREATE FUNCTION \(table)_time() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP <> 'INSERT' THEN \(count("OLD")); END IF;
            IF TG_OP = 'INSERT' THEN \(count("NEW")); END IF;
            IF TG_OP = 'UPDATE' THEN \(count("NEW")) AND NEW.\(person) <> OLD.\(person); END IF;
            RETURN NULL;
          END $$
          """),
        .postgres(
          "CREATE TRIGGER \(table)_time AFTER INSERT OR DELETE OR \(update) ON \(table) FOR EACH ROW EXECUTE FUNCTION \(table)_time()"),
      ]
    }

    private func count(_ row: String) -> String {
      "UPDATE person SET time_version = time_version + 1 WHERE org_id = \(row).org_id AND id = \(row).\(person)"
    }
  }
}

import Kit
import Store
import Web

/// The demo organisation beside an own one: invented people and their past, made by an administrator and removed with one press.
struct InstalledDemo: RowDecodable, Sendable {
  enum State: String, Bindable {
    case waiting, running, ready, failed
  }

  static let members = 40
  static let days = 45
  static let name = "Demo: Northwind Industries"
  /// A name that no mail server resolves (RFC 6761), so that nobody in a demo is ever written to.
  static let domain = "northwind.invalid"

  /// Whose administrators made it.
  let org: ID<Organisation>
  let demo: ID<Organisation>?
  let state: State
  /// Days that are done.
  let played: Int

  var isRunning: Bool { state == .waiting || state == .running }

  init(row: Row) throws {
    org = try row("org_id")
    demo = try row.optional("demo_id")
    state = try row("state")
    played = try row("played")
  }

  static func of(_ org: ID<Organisation>, _ tx: Transaction) throws -> InstalledDemo? {
    try tx.first("SELECT org_id, demo_id, state, played FROM demo WHERE org_id = \(org)")
  }

  static let absent = Problem.conflict(code: "no_demo", detail: "There is no demo organisation at present.")

  static let migrations = [
    Migration(
      "demo/1",
      [
        """
        CREATE TABLE demo (
          org_id BIGINT NOT NULL PRIMARY KEY REFERENCES organisation (id), demo_id BIGINT UNIQUE,
          state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'ready', 'failed')), played BIGINT NOT NULL,
          started_by BIGINT NOT NULL, started_at BIGINT NOT NULL,
          FOREIGN KEY (org_id, started_by) REFERENCES person (org_id, id))
        """,
        // The log of invented people goes with them; every other log stays.
        .sqlite("DROP TRIGGER activity_no_delete"),
        .sqlite(
          """
          CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity WHEN NOT EXISTS (SELECT 1 FROM demo WHERE demo_id = OLD.org_id)
          BEGIN SELECT RAISE(ABORT, 'the activity log is append-only'); END
          """),
        .postgres(
          """
          CREATE FUNCTION activity_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF EXISTS (SELECT 1 FROM demo WHERE demo_id = OLD.org_id) THEN RETURN OLD; END IF;
            RAISE EXCEPTION 'the activity log is append-only' USING ERRCODE = '23514';
          END $$
          """),
        .postgres("DROP TRIGGER activity_no_delete ON activity"),
        .postgres("CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity FOR EACH ROW EXECUTE FUNCTION activity_kept()"),
      ])
  ]

  static let checks = [
    Check("demo without its organisation", remedy: "Remove the demo under Admin > Demo and make it again.") { tx in
      try tx.count(
        "SELECT count(*) FROM demo WHERE demo_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = demo.demo_id)")
    }
  ]

  static let personalData = [
    PersonalColumn("demo", ["org_id", "demo_id", "state", "played", "started_at"], .none, .keep),
    PersonalColumn("demo", ["started_by"], .none, .pseudonymise),
  ]
}

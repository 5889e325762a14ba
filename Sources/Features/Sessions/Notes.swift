import Kit
import Store
import Web

/// Notes of a session: one text that both write, and one of each for themselves.
struct SessionNote: Output, Hashable {
  let session: ID<Session>
  let text: String
  /// Rises with every change; sent back so that nobody's words are overwritten unseen.
  let version: Int

  static func owner(_ session: Session, _ viewer: Viewer, isPrivate: Bool) -> String {
    isPrivate ? (session.mentor == viewer.person ? "mentor" : "mentee") : "both"
  }

  static func load(_ session: Session, _ viewer: Viewer, _ tx: Transaction) throws -> (shared: SessionNote, own: SessionNote) {
    let own = owner(session, viewer, isPrivate: true)
    let rows = try tx.rows(
      """
      SELECT owner, text, version FROM session_note WHERE org_id = \(viewer.org) AND session_id = \(session.id) AND owner IN ('both', \(own))
      """)
    var notes: [String: SessionNote] = [:]
    for row in rows { notes[try row("owner")] = SessionNote(session: session.id, text: try row("text"), version: try row("version")) }
    let none = SessionNote(session: session.id, text: "", version: 0)
    return (notes["both"] ?? none, notes[own] ?? none)
  }
}

/// Writes the shared notes, or the viewer's private one.
struct SaveNote: UseCase {
  var session: ID<Session>
  var text: String?
  /// The version that was edited.
  var version: Int
  var isPrivate: Bool?

  static let rules: [String: Rule] = ["text": .text(0...20_000), "version": .number(0...1_000_000)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionNote {
    let found = try Session.find(session, for: viewer, tx)
    guard [.booked, .met, .wrapped].contains(found.state) else { throw Problem.changed }
    let owner = SessionNote.owner(found, viewer, isPrivate: isPrivate == true)
    let written = try tx.run(
      """
      INSERT INTO session_note (org_id, session_id, owner, text, version, edited_by, edited_at)
      VALUES (\(viewer.org), \(session), \(owner), \(text ?? ""), 1, \(viewer.person), \(world.now()))
      ON CONFLICT (org_id, session_id, owner) DO UPDATE SET text = excluded.text, version = session_note.version + 1,
        edited_by = excluded.edited_by, edited_at = excluded.edited_at
      WHERE session_note.version = \(version)
      """)
    guard written == 1 else {
      throw Problem.conflict(
        code: "note_changed",
        detail: isPrivate == true
          ? "You changed this note in another window. The newer text stands above yours: bring the two together, then save."
          : "These notes were changed while you wrote. The newer text stands above yours: bring the two together, then save.")
    }
    let notes = try SessionNote.load(found, viewer, tx)
    try tx.record(viewer, "session.noted", session, [:], world)
    return isPrivate == true ? notes.own : notes.shared
  }
}

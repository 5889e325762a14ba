import Kit
import Store
import Web

/// What could not be told in time, because the server or the mail was away: one letter about all of it, or about the one thing left.
struct OverdueReminders {
  /// Nil when nothing of it is of use any more.
  let letter: Letter?
  let told: [Reminder]

  /// Takes all of a person's late reminders for the one of this key, whose job tells of them, so that no other job does it again.
  static func gather(_ leader: String, _ own: Addressee, _ tx: Transaction, _ world: World) throws -> OverdueReminders {
    let now = world.now()
    let rows: [Reminder] = try tx.all(
      """
      SELECT \(Reminder.columns) FROM reminder WHERE org_id = \(own.org) AND person_id = \(own.id) AND state = \(Reminder.State.planned)
        AND due_at <= \(now) AND (leader IS NULL OR leader = \(leader)) ORDER BY due_at, session_id LIMIT 500
      """)
    var told: [Reminder] = []
    var lines: [DueReminder] = []
    let wanted = try NotificationChoice.of(own, tx).reminders
    for row in rows where row.leader != nil || now - row.due > row.kind.patience {
      let due = try DueReminder(row, own, tx)
      let isOfUse = due.map { row.kind == .after ? now < $0.session.end + .days(3) : now < $0.session.start } ?? false
      guard let due, isOfUse, wanted.contains(row.kind), row.kind != .ten else {
        try row.settle(.skipped, tx, world)
        continue
      }
      try tx.run(
        """
        UPDATE reminder SET leader = \(leader) WHERE org_id = \(row.org) AND session_id = \(row.session) AND person_id = \(row.person)
          AND kind = \(row.kind) AND sequence = \(row.sequence)
        """)
      told.append(row)
      if !lines.contains(where: { $0.session.id == row.session }) { lines.append(due) }
    }
    guard let only = lines.first else { return OverdueReminders(letter: nil, told: []) }
    if lines.count == 1 { return OverdueReminders(letter: try only.letter(tx, world), told: told) }
    return OverdueReminders(letter: summary(lines, to: own, now: now), told: told)
  }

  private static func summary(_ lines: [DueReminder], to own: Addressee, now: Instant) -> Letter {
    let coming = lines.filter { $0.reminder.kind != .after }.sorted { $0.session.start < $1.session.start }
    let over = lines.filter { $0.reminder.kind == .after }
    var paragraphs = ["We could not remind you in time. This is what still matters."]
    paragraphs += coming.map { "\($0.near(now)): \($0.words.start) with \($0.words.other.name)." }
    paragraphs += over.map { "To wrap up: your session with \($0.words.other.name)." }
    let parts = [
      coming.isEmpty ? nil : "\(counted(coming.count, "session")) ahead", over.isEmpty ? nil : "\(over.count) to wrap up",
    ].compactMap { $0 }
    return Letter(
      to: own.id, .session, subject: listed(parts), paragraphs,
      buttons: coming.prefix(3).map { .init("Open \($0.words.start)", "/sessions/\($0.session.id)") } + [
        .init("All sessions", "/sessions")
      ])
  }
}

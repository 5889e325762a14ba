import Kit
import Store
import Web

/// A way on which a letter reaches a person.
public enum Channel: String, Choice, Bindable {
  case mail
  /// A notification on a device, by Web Push.
  case push
  /// In Tandem itself, on Today.
  case notice
}

/// What a person wants to hear about, on which ways, and when not.
struct NotificationChoice: Sendable, Hashable {
  var quiet = QuietHours()
  /// What was switched off; everything else is on.
  var off: [Channel: Set<Letter.Topic>] = [:]
  /// Reminders of sessions that are wanted.
  var reminders = Set(ReminderKind.allCases)

  func wants(_ topic: Letter.Topic, _ channel: Channel) -> Bool { topic == .account || !(off[channel]?.contains(topic) ?? false) }

  /// What is to come by push and not by mail: that which stands on Today all the same, or that which does not.
  func onlyPushed(noticed: Bool) -> [Letter.Topic] {
    Letter.Topic.chosen.filter { wants($0, .push) && !wants($0, .mail) && wants($0, .notice) == noticed }
  }

  static let migration = Migration(
    "letters/3",
    [
      "ALTER TABLE notification_setting ADD COLUMN push_off TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE notification_setting ADD COLUMN notice_off TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE notification_setting ADD COLUMN reminders TEXT NOT NULL DEFAULT 'day,hour,ten,after'",
    ])

  /// A person's choice, or the defaults.
  static func of(_ person: Addressee, _ tx: Transaction) throws -> NotificationChoice {
    let row = try tx.row(
      """
      SELECT quiet_from, quiet_to, quiet_weekends, topics_off, push_off, notice_off, reminders FROM notification_setting
      WHERE org_id = \(person.org) AND person_id = \(person.id)
      """)
    guard let row else { return NotificationChoice() }
    return NotificationChoice(
      quiet: QuietHours(from: try row("quiet_from"), to: try row("quiet_to"), weekends: try row("quiet_weekends")),
      off: [.mail: try listed(row, "topics_off"), .push: try listed(row, "push_off"), .notice: try listed(row, "notice_off")],
      reminders: try listed(row, "reminders"))
  }

  func save(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws {
    let off = Channel.allCases.map { (self.off[$0] ?? []).map(\.rawValue).sorted().joined(separator: ",") }
    let wanted = reminders.map(\.rawValue).sorted().joined(separator: ",")
    try tx.run(
      """
      INSERT INTO notification_setting (org_id, person_id, quiet_from, quiet_to, quiet_weekends, topics_off, push_off, notice_off, reminders,
        digest_at)
      VALUES (\(org), \(person), \(quiet.from), \(quiet.to), \(quiet.weekends), \(off[0]), \(off[1]), \(off[2]), \(wanted), \(quiet.to))
      ON CONFLICT (org_id, person_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
        quiet_weekends = excluded.quiet_weekends, topics_off = excluded.topics_off, push_off = excluded.push_off,
        notice_off = excluded.notice_off, reminders = excluded.reminders, digest_at = excluded.digest_at
      """)
  }

  private static func listed<Item: RawRepresentable & Hashable>(_ row: Row, _ column: String) throws -> Set<Item>
  where Item.RawValue == String {
    Set(try row(column, as: String.self).split(separator: ",").compactMap { Item(rawValue: String($0)) })
  }
}

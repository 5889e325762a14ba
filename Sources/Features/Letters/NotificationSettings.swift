import Kit
import Scheduling
import Store
import Web

/// What a person wants to be written about, and when not.
struct ShowNotifications: UseCase {
  struct Page: Output {
    var form: Form
    var alwaysOn: [String]
    var zone: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    guard let person = try Addressee.find(viewer.person, org: viewer.org, tx) else { throw Problem.notFound }
    let hours = try QuietHours.of(person, tx)
    let clock = { (minute: Int) in (WallTime(minuteOfDay: minute) ?? .midnight).description }
    return Page(
      form: Form(
        "/you/notifications", button: "Save",
        [
          .choose(
            .checks, "topics", "Write to me about",
            Letter.Topic.chosen.map {
              Form.Option($0.rawValue, $0.words, help: $0.help, chosen: !hours.off.contains($0))
            }, optional: true),
          .text(
            "quiet_from", "Quiet from", value: clock(hours.from), help: "What can wait does, and comes as one mail afterwards.",
            type: "time"),
          .text("quiet_to", "Quiet until", value: clock(hours.to), type: "time"),
          .checkbox("weekends", "Quiet at weekends", checked: hours.weekends),
        ]), alwaysOn: ["Signing in and security", "Invitations and reminders of your own sessions, unless you switch sessions off"],
      zone: DisplayTime.place(viewer.zone))
  }
}

extension Letter.Topic {
  /// What people choose about; the account's own mails always come.
  static let chosen: [Letter.Topic] = [.session, .request, .learning, .program]

  var words: String {
    switch self {
    case .account: "My account"
    case .session: "Sessions"
    case .request: "Requests and my asks"
    case .learning: "Learning"
    case .program: "Goals and programs"
    }
  }

  var help: String {
    switch self {
    case .account: "Signing in, security."
    case .session: "Booked, moved, cancelled, near, over. At once."
    case .request: "An ask offered to you, news of your own. At once."
    case .learning: "Lessons assigned, cards due. In the morning."
    case .program: "Confirmations, goals, nudges. In the morning."
    }
  }
}

/// Saves it.
struct SetNotifications: UseCase {
  /// The topics that stay on.
  var topics: [String]?
  var quietFrom: String
  var quietTo: String
  var weekends: Bool?

  static let rules: [String: Rule] = ["topics": .list(0...10), "quiet_from": .time, "quiet_to": .time]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let on = try (topics ?? []).map { name in
      guard let topic = Letter.Topic(rawValue: name), Letter.Topic.chosen.contains(topic) else {
        throw Problem.invalid("topics", "Choose among the topics offered.")
      }
      return topic
    }
    guard let from = WallTime(padded(quietFrom)), let to = WallTime(padded(quietTo)) else {
      throw Problem.invalid("quiet_from", "Enter a time such as 20:00.")
    }
    let off = Letter.Topic.chosen.filter { !on.contains($0) }
    try NotificationSetting.save(
      viewer.person, org: viewer.org, from: from.minuteOfDay, to: to.minuteOfDay, weekends: weekends ?? false, off: off, tx)
    try tx.record(viewer, "person.notifications_set", viewer.person, ["off": off.map(\.rawValue).joined(separator: " ")], world)
    return Done()
  }

  private func padded(_ text: String) -> String { text.count == 4 ? "0" + text : text }
}

enum NotificationSetting {
  static func save(
    _ person: ID<Person>, org: ID<Organisation>, from: Int, to: Int, weekends: Bool, off: [Letter.Topic], _ tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO notification_setting (org_id, person_id, quiet_from, quiet_to, quiet_weekends, topics_off, digest_at)
      VALUES (\(org), \(person), \(from), \(to), \(weekends), \(off.map(\.rawValue).joined(separator: ",")), \(to))
      ON CONFLICT (org_id, person_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
        quiet_weekends = excluded.quiet_weekends, topics_off = excluded.topics_off, digest_at = excluded.digest_at
      """)
  }

  /// Switches one topic off and leaves the rest as it is.
  static func switchOff(_ topic: Letter.Topic, _ person: Addressee, _ tx: Transaction) throws {
    let hours = try QuietHours.of(person, tx)
    let off = hours.off.union([topic]).sorted { $0.rawValue < $1.rawValue }
    try save(person.id, org: person.org, from: hours.from, to: hours.to, weekends: hours.weekends, off: off, tx)
  }
}

import Kit
import Scheduling
import Store
import Web

/// What a person wants to be written about, and when not.
struct ShowNotifications: UseCase {
  struct Page: Output {
    var form: Form
    /// What is seen on Today and nowhere else: mail is off, and no device takes push messages.
    var unheard: String?
    /// What is not even seen there.
    var unreached: String?
    var alwaysOn: [String]
    var zone: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    guard let person = try Addressee.find(viewer.person, org: viewer.org, tx) else { throw Problem.notFound }
    let choice = try NotificationChoice.of(person, tx)
    let hours = choice.quiet
    let hasDevice = try !PushDevice.of(person.id, org: person.org, tx, world).isEmpty
    let pushedNowhere = { (noticed: Bool) -> String? in
      let topics = hasDevice ? [] : choice.onlyPushed(noticed: noticed)
      return topics.isEmpty ? nil : listed(topics.map(\.quoted))
    }
    let clock = { (minute: Int) in (WallTime(minuteOfDay: minute) ?? .midnight).description }
    return Page(
      form: Form(
        "/you/notifications", button: "Save",
        [
          ShowNotifications.checks("topics", "Mail me about", .mail, choice),
          ShowNotifications.checks("pushes", "Push to my devices about", .push, choice),
          ShowNotifications.checks("notices", "Show on Today", .notice, choice),
          .choose(
            .checks, "reminders", "Remind me of sessions",
            ReminderKind.allCases.map { Form.Option($0.rawValue, $0.words, help: $0.help, chosen: choice.reminders.contains($0)) }),
          .text(
            "quiet_from", "Quiet from", value: clock(hours.from), help: "What can wait does, and comes as one mail afterwards.",
            type: "time"),
          .text("quiet_to", "Quiet until", value: clock(hours.to), type: "time"),
          .hidden("whole", "true"),
          .checkbox("weekends", "Quiet at weekends", checked: hours.weekends),
        ]),
      unheard: pushedNowhere(true), unreached: pushedNowhere(false),
      alwaysOn: ["Signing in and security", "Invitations and reminders of your own sessions, unless you switch sessions off"],
      zone: DisplayTime.place(viewer.zone))
  }

  private static func checks(_ name: String, _ label: String, _ channel: Channel, _ choice: NotificationChoice) -> Form.Field {
    .choose(
      .checks, name, label,
      Letter.Topic.chosen.map {
        Form.Option($0.rawValue, $0.words, help: channel == .mail ? $0.help : nil, chosen: choice.wants($0, channel))
      })
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

  /// As the form calls it, in a sentence.
  var quoted: String { "“\(words)”" }

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

/// Saves it. A list that is left out stays as it is; an empty one switches everything off.
struct SetNotifications: UseCase {
  /// The topics that stay on, for each way.
  var topics: [String]?
  var pushes: [String]?
  var notices: [String]?
  var reminders: [String]?
  var quietFrom: String
  var quietTo: String
  var weekends: Bool?
  /// Whether the lists come from the whole form, where a list without a tick is not sent.
  var whole: Bool?

  static let rules: [String: Rule] = [
    "topics": .list(0...10), "pushes": .list(0...10), "notices": .list(0...10), "reminders": .list(0...10), "quiet_from": .time,
    "quiet_to": .time,
  ]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    guard let from = WallTime(padded(quietFrom)), let to = WallTime(padded(quietTo)) else {
      throw Problem.invalid("quiet_from", "Enter a time such as 21:00.")
    }
    guard let person = try Addressee.find(viewer.person, org: viewer.org, tx) else { throw Problem.notFound }
    var choice = try NotificationChoice.of(person, tx)
    let before = choice.quiet
    let isQuietAtWeekends = weekends ?? (whole == true ? false : before.weekends)
    choice.quiet = QuietHours(from: from.minuteOfDay, to: to.minuteOfDay, weekends: isQuietAtWeekends)
    if let topics = given(topics) { choice.off[.mail] = try off(topics, "topics") }
    if let pushes = given(pushes) { choice.off[.push] = try off(pushes, "pushes") }
    if let notices = given(notices) { choice.off[.notice] = try off(notices, "notices") }
    if let reminders = given(reminders) { choice.reminders = try kinds(reminders) }
    try choice.save(viewer.person, org: viewer.org, tx)
    if choice.quiet != before { try SessionReminder.replan(person, tx, world) }
    let words = (choice.off[.mail] ?? []).map(\.rawValue).sorted().joined(separator: " ")
    try tx.record(viewer, "person.notifications_set", viewer.person, ["off": words], world)
    return Done()
  }

  private func given(_ list: [String]?) -> [String]? { list ?? (whole == true ? [] : nil) }

  private func off(_ on: [String], _ field: String) throws -> Set<Letter.Topic> {
    let on = try on.map { name in
      guard let topic = Letter.Topic(rawValue: name), Letter.Topic.chosen.contains(topic) else {
        throw Problem.invalid(field, "Choose among the topics offered.")
      }
      return topic
    }
    return Set(Letter.Topic.chosen.filter { !on.contains($0) })
  }

  private func kinds(_ names: [String]) throws -> Set<ReminderKind> {
    Set(
      try names.map { name in
        guard let kind = ReminderKind(rawValue: name) else { throw Problem.invalid("reminders", "Choose among the reminders offered.") }
        return kind
      })
  }

  private func padded(_ text: String) -> String { text.count == 4 ? "0" + text : text }
}

import Kit
import Store
import Web

/// What a reminder is of, when it is due, and how long it is of use.
enum ReminderKind: String, Choice, Bindable {
  /// A day before, with the agenda.
  case day
  /// An hour before.
  case hour
  /// Ten minutes before, on devices; by mail when there is none and no earlier one is wanted.
  case ten
  /// A quarter of an hour after the end: to wrap up.
  case after

  /// When it is due, were there no quiet hours.
  func nominal(_ session: Session) -> Instant {
    switch self {
    case .day: session.start - .hours(24)
    case .hour: session.start - .hours(1)
    case .ten: session.start - .minutes(10)
    case .after: session.end + .minutes(15)
    }
  }

  /// Out of the receiver's night: to its end, or to the evening before when the session begins by then.
  func due(_ session: Session, _ quiet: QuietHours, zone: String) -> Instant {
    let nominal = nominal(session)
    if self == .ten { return nominal }
    if self == .after { return quiet.night(at: nominal, zone: zone)?.end ?? nominal }
    return ReminderKind.awake(nominal, before: session.start, quiet, zone: zone)
  }

  /// When to tell before `start` what would be told at `moment`, were there no night.
  static func awake(_ moment: Instant, before start: Instant, _ quiet: QuietHours, zone: String) -> Instant {
    guard let night = quiet.night(at: moment, zone: zone) else { return moment }
    return night.end < start ? night.end : night.start - .minutes(30)
  }

  /// How late it may be before it counts as missed: then it is told together with others.
  var patience: Span {
    switch self {
    case .day: .hours(2)
    case .hour: .minutes(30)
    case .ten: .minutes(5)
    case .after: .hours(12)
    }
  }

  var words: String {
    switch self {
    case .day: "A day before"
    case .hour: "An hour before"
    case .ten: "Ten minutes before"
    case .after: "Afterwards"
    }
  }

  var help: String {
    switch self {
    case .day: "With the agenda."
    case .hour: "With the place."
    case .ten: "On your devices, where push is on. By mail only if there is none and no earlier reminder is on."
    case .after: "To wrap up in a minute."
    }
  }
}

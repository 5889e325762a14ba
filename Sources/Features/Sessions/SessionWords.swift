import Kit
import Scheduling

/// What a mail says about a session, for one of the two.
struct SessionWords {
  let session: Session
  let own: Addressee
  let other: Addressee
  /// Whom it was taken over from, and by whom, where that is told.
  var former: String?
  var taker: String?

  var with: String { firstName(other.name) }

  /// "Mon 23 Nov, 09:00".
  var start: String { DisplayTime.dayAndTime(session.start.microseconds, Zones.zone(own.zone)) }

  /// Both zones: "Mon 23 Nov, 09:00 your time (Berlin time) · 13:30 for Ravi. 30 minutes."
  var when: String {
    let there = SharedTime.elsewhere(session.start, zone: own.zone, other: (other.zone, other.name)).map { " · \($0)" } ?? ""
    return "\(start) your time (\(DisplayTime.place(own.zone)))\(there). \(session.minutes) minutes."
  }

  var place: String? { session.link.isEmpty ? nil : "Meet at \(session.link)." }

  func subject(_ event: SessionMail.Event) -> String {
    switch event {
    case .booked: "Booked: \(start) with \(other.name)"
    case .moved: "Moved: now \(start) with \(other.name)"
    case .cancelled: "Cancelled: \(start) with \(other.name)"
    case .takenOver: "Taken over: \(start) with \(other.name)"
    case .handedOver: "Handed over: \(start) with \(other.name)"
    }
  }

  func told(_ event: SessionMail.Event, byOwn: Bool) -> String {
    let who = byOwn ? "You" : other.name
    return switch event {
    case .booked: "Your session with \(other.name) is booked: \(title)"
    case .moved: "\(who) moved the session \(title)"
    case .cancelled: "\(who) cancelled the session \(title)"
    case .takenOver: "\(byOwn ? "You take" : "\(other.name) takes") over from \(former ?? "a colleague"), at the same time: \(title)"
    case .handedOver: "\(taker ?? "A colleague") takes your session over, and your time is free again: \(title)"
    }
  }

  /// The title at the end of a sentence: in quotation marks, and with a full stop unless it has an end of its own.
  private var title: String {
    let hasEnd = session.title.last.map { "….?!".contains($0) } ?? false
    return "“\(session.title)”" + (hasEnd ? "" : ".")
  }
}

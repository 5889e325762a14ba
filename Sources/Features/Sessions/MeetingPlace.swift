import Foundation
import Kit
import Store
import Web

/// Says where to meet: the address of a video room, a telephone number, a room.
struct SetMeetingPlace: UseCase {
  var session: ID<Session>
  var link: String

  static let rules: [String: Rule] = ["link": .text(0...300)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionSummary {
    let found = try Session.find(session, for: viewer, tx)
    try tx.swap(
      """
      UPDATE session SET link = \(try MeetingPlace.checked(link)) WHERE org_id = \(viewer.org) AND id = \(session) AND state IN ('held', 'booked')
      """, otherwise: .changed)
    try tx.record(viewer, "session.placed", session, [:], world)
    return try Sessions.summary(found.id, viewer, tx, world)
  }
}

enum MeetingPlace {
  /// Any words, but an address must be one of the web.
  static func checked(_ text: String) throws -> String {
    let text = text.trimmed
    guard text.contains("://") else { return text }
    guard href(text) != nil else {
      throw Problem.invalid("link", "Enter an address such as https://example.org/room, or where to meet in words.")
    }
    return text
  }

  /// The address to open, when it is one.
  static func href(_ text: String) -> String? {
    guard let url = URL(string: text), ["https", "http"].contains(url.scheme ?? ""), url.host?.isEmpty == false else { return nil }
    return text
  }
}

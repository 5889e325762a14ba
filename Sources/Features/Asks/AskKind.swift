import Kit
import Matching
import Web

/// A kind of mentoring as an ask sees it: its defaults from `content/kinds.yaml`.
struct AskKind: Codable, Sendable, Hashable {
  let id: String
  let title: String
  let sentence: String
  /// Length of one meeting; 0 is an answer in writing.
  let minutes: Int
  /// `down`, `peer` or `up`.
  let direction: String
  /// Hours a mentor has to answer an offer.
  let offerHours: Double
  /// Mentors who are asked at the same time.
  let offersAtOnce: Int
  /// Days after which an ask that nobody took ends.
  let expiryDays: Int

  private enum CodingKeys: String, CodingKey {
    case id, title, sentence, minutes, direction
    case offerHours = "offer_hours"
    case offersAtOnce = "offers_at_once"
    case expiryDays = "expiry_days"
  }

  /// Events and circles are joined, not asked for.
  private static let joined: Set<String> = ["speed", "group"]

  /// The kinds an ask may have.
  static let all: [AskKind] = {
    let read: [AskKind]? = try? Content.yaml("kinds.yaml")
    return (read ?? []).filter { !joined.contains($0.id) }
  }()

  static let flash = AskKind(
    id: "flash", title: "Flash", sentence: "One short meeting on one topic.", minutes: 30, direction: "down", offerHours: 72,
    offersAtOnce: 1, expiryDays: 21)

  /// The kind of an id; a kind that was taken out of the file counts as a flash session.
  static func named(_ id: String) -> AskKind { all.first { $0.id == id } ?? flash }

  /// Whether help comes as a text, without a meeting.
  var isWritten: Bool { minutes == 0 }

  /// What the ranking reads of it.
  var rules: KindRules {
    switch (id, direction) {
    case (_, "up"): .reverse
    case (_, "peer"): .peer
    case ("classic", _): .classic
    default: isWritten ? .nano : .meeting
    }
  }
}

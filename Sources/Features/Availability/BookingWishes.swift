import Kit
import Store

/// How a mentor likes to be booked, beyond when.
struct BookingWishes: Sendable, Hashable {
  /// Lengths in minutes that the mentor gives, ascending; never empty.
  var lengths: [Int]
  /// Whether a session that somebody books waits for the mentor's word.
  var confirms: Bool

  static let none = BookingWishes(lengths: Session.lengths, confirms: false)

  static func of(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> BookingWishes {
    let row = try tx.row("SELECT lengths, confirms FROM availability_setting WHERE org_id = \(org) AND person_id = \(person)")
    return try row.map(BookingWishes.init(row:)) ?? none
  }

  /// The length that is offered first: half an hour where it is one of them.
  var usual: Int { lengths.contains(30) ? 30 : lengths.first ?? 30 }

  /// Refuses a length that the mentor does not give.
  func check(_ minutes: Int) throws {
    guard lengths.contains(minutes) else {
      throw Problem.invalid("minutes", "Sessions here last \(lengths.map { "\($0)" }.joined(separator: " or ")) minutes.")
    }
  }

  var text: String { lengths == Session.lengths ? "" : lengths.map(String.init).joined(separator: ",") }

  func changed(lengths: [Int]?, confirms: Bool?) -> BookingWishes {
    let wanted = lengths.map(BookingWishes.allowed)
    return BookingWishes(lengths: wanted ?? self.lengths, confirms: confirms ?? self.confirms)
  }

  init(lengths: [Int], confirms: Bool) {
    self.lengths = lengths
    self.confirms = confirms
  }

  init(row: Row) throws {
    let named = try row("lengths", as: String.self).split(separator: ",").compactMap { Int($0) }
    self.init(lengths: BookingWishes.allowed(named), confirms: try row("confirms"))
  }

  /// Those that exist; all when none is named.
  private static func allowed(_ lengths: [Int]) -> [Int] {
    let known = Session.lengths.filter(lengths.contains)
    return known.isEmpty ? Session.lengths : known
  }
}

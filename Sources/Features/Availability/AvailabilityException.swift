import Kit
import Scheduling
import Store
import Web

/// A date, or dates, on which the ordinary week does not hold.
struct AvailabilityException: RowDecodable, Sendable {
  enum Kind: String, Choice, Bindable {
    /// Nothing on this date.
    case off
    /// Another window on this date.
    case windows
    /// One more window on this date, beside the ordinary ones.
    case extra
    /// Away from the first to the last date.
    case away
  }

  let id: ID<AvailabilityException>
  let person: ID<Person>
  let kind: Kind
  let first: CivilDate
  let last: CivilDate
  let window: DayWindow?

  static let columns: SQL = "id, person_id, kind, first_date, last_date, from_minute, to_minute"

  init(row: Row) throws {
    id = try row("id")
    person = try row("person_id")
    kind = try row("kind")
    first = CivilDate(try row("first_date", as: String.self)) ?? CivilDate(dayNumber: 0)
    last = CivilDate(try row("last_date", as: String.self)) ?? CivilDate(dayNumber: 0)
    window = [.windows, .extra].contains(kind) ? try DayWindow(row: row) : nil
  }

  /// "Fri 4 Dec", or both ends.
  var dates: String { first == last ? DisplayTime.dayAndYear(first) : "\(DisplayTime.day(first)) to \(DisplayTime.dayAndYear(last))" }

  var words: String {
    switch kind {
    case .off: "Off"
    case .windows: window.map { "\(DisplayTime.range($0.from, $0.to)) instead" } ?? ""
    case .extra: window.map { "\(DisplayTime.range($0.from, $0.to)) as well" } ?? ""
    case .away: "Away"
    }
  }

  /// Those of a person that are not over.
  static func coming(_ person: ID<Person>, org: ID<Organisation>, from date: CivilDate, _ tx: Transaction) throws -> [AvailabilityException]
  {
    try tx.all(
      """
      SELECT \(columns) FROM availability_exception WHERE org_id = \(org) AND person_id = \(person) AND last_date >= \(date.description)
      ORDER BY first_date, from_minute, id
      """)
  }
}

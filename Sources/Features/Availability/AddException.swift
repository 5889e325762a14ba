import Kit
import Scheduling
import Store
import Web

/// Names dates on which the ordinary week does not hold.
struct AddException: UseCase {
  var kind: AvailabilityException.Kind
  var first: String
  /// The last date away; the first when left out.
  var last: String?
  var from: String?
  var to: String?

  static let rules: [String: Rule] = ["first": .date, "last": .date, "from": .time, "to": .time]

  init(kind: AvailabilityException.Kind, first: String, last: String? = nil, from: String? = nil, to: String? = nil) {
    self.kind = kind
    self.first = first
    self.last = last
    self.from = from
    self.to = to
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> AvailabilityPage {
    let count = try tx.count("SELECT count(*) FROM availability_exception WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    guard count < 200 else { throw Problem.conflict(code: "too_many_exceptions", detail: "200 dates are kept. Remove some first.") }
    let id = try insert(tx, viewer, world)
    try tx.record(viewer, "availability.excepted", id, ["kind": kind.rawValue], world)
    return try ShowAvailability()(tx, viewer, world)
  }

  @discardableResult
  func insert(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ID<AvailabilityException> {
    guard let first = CivilDate(first) else { throw Problem.invalid("first", "Enter a date such as 2026-12-24.") }
    let last = kind == .away ? (last.flatMap { $0.isEmpty ? nil : CivilDate($0) } ?? first) : first
    guard last >= first else { throw Problem.invalid("last", "The last date must not be before the first.") }
    guard last.days(since: first) <= 366 else { throw Problem.invalid("last", "Name at most a year at once.") }
    var window: DayWindow?
    if kind == .windows || kind == .extra {
      guard let given = DayWindow(from: from ?? "", to: to ?? "") else {
        throw Problem.invalid("from", "Give a start and an end that differ.")
      }
      window = given
    }
    let id: ID<AvailabilityException> = world.id()
    try tx.run(
      """
      INSERT INTO availability_exception (org_id, id, person_id, kind, first_date, last_date, from_minute, to_minute, created_at)
      VALUES (\(viewer.org), \(id), \(viewer.person), \(kind), \(first.description), \(last.description), \(window?.from.minuteOfDay),
        \(window?.to.minuteOfDay), \(world.now()))
      """)
    return id
  }
}

/// The ordinary week holds again.
struct RemoveException: UseCase {
  var exception: ID<AvailabilityException>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let removed = try tx.run(
      "DELETE FROM availability_exception WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND id = \(exception)")
    guard removed == 1 else { throw Problem.notFound }
    try tx.record(viewer, "availability.restored", exception, [:], world)
    return Done()
  }
}

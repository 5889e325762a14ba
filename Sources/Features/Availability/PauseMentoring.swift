import Kit
import Scheduling
import Store
import Web

/// Takes no new sessions as a mentor before a date. What is booked stays, and help can still be asked for.
struct PauseMentoring: UseCase {
  /// The first date on which the week holds again.
  var until: String

  static let rules: [String: Rule] = ["until": .date]
  static let longest = 366

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> AvailabilityPage {
    let today = viewer.today(world)
    guard let date = CivilDate(until), date > today else { throw Problem.invalid("until", "Choose a date after today.") }
    guard date.days(since: today) <= PauseMentoring.longest else { throw Problem.invalid("until", "A pause lasts a year at most.") }
    try AvailabilityWriter(viewer: viewer, tx: tx, world: world).pause(until: date.description)
    try tx.record(viewer, "availability.paused", viewer.person, ["until": date.description], world)
    return try ShowAvailability()(tx, viewer, world)
  }
}

/// The week holds again at once.
struct EndPause: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> AvailabilityPage {
    try AvailabilityWriter(viewer: viewer, tx: tx, world: world).pause(until: nil)
    try tx.record(viewer, "availability.resumed", viewer.person, [:], world)
    return try ShowAvailability()(tx, viewer, world)
  }
}

import Kit
import Store

/// What goes by a member's clock follows when that clock becomes another one: reminders, and times from calendars elsewhere.
enum ChangedZone {
  /// To be called in the transaction that has changed the zone.
  static func follow(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    guard let person = try Addressee.find(person, org: org, tx) else { return }
    try SessionReminder.replan(person, tx, world)
    try BusyFeed.readAnew(of: person.id, org: org, tx, world)
  }
}

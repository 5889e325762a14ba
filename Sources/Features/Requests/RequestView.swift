import Kit
import Scheduling
import Store
import Web

/// An offer as its mentor sees it, by mail or signed in. An anonymous asker has neither name nor place in it.
struct RequestView {
  let offer: Offer
  let ask: Ask
  /// Who asks, or nobody in particular.
  let asker: String
  let askerFirstName: String
  let askerZone: String?
  let zone: String
  let now: Kit.Instant
  /// Hours both have free, the proposed one first while it is still free.
  let hours: [Kit.Instant]

  init(_ offer: Offer, _ ask: Ask, zone: String, _ tx: Transaction, _ world: World) throws {
    self.offer = offer
    self.ask = ask
    self.zone = zone
    now = world.now()
    let isHidden = ask.isAnonymous && offer.state != .accepted
    let person = isHidden ? nil : try Addressee.find(ask.asker, org: ask.org, tx)
    asker = person?.name ?? "Somebody in your organisation"
    askerFirstName = person?.firstName ?? "the asker"
    askerZone = person.flatMap { $0.zone == zone ? nil : $0.zone }
    let isOpen = offer.state.isPending && ask.state.isWaiting && !ask.settings.isWritten
    let free = isOpen ? try SharedHours.between(mentor: offer.mentor, ask: ask, tx, world) : []
    let chosen = SlotSearch.thin(free.map(\.minutes), perDay: 3, zone: Zones.zone(zone)).map(Kit.Instant.init(minutes:))
    let proposed = offer.start.flatMap { free.contains($0) ? $0 : nil }
    hours = Array(([proposed].compactMap { $0 } + chosen.filter { $0 != proposed }).prefix(12))
  }

  /// "30 min · Mon 23 Nov, 14:00 your time · 18:30 for Ravi".
  var facts: String {
    if ask.settings.isWritten { return "Answered in writing" }
    guard let start = offer.start else { return "\(ask.minutes) min" }
    return "\(ask.minutes) min · \(Moment(start, zone: zone, now: now).text) your time" + (other(start).map { " · \($0)" } ?? "")
  }

  /// The same time for the asker, with the day when it is another one.
  func other(_ instant: Kit.Instant) -> String? {
    askerZone.map { BothZones.other(instant, own: Zones.zone(zone), other: Zones.zone($0), name: askerFirstName) }
  }

  var options: [Form.Option] {
    hours.map { Form.Option($0.description, Moment($0, zone: zone, now: now).text, help: other($0), chosen: $0 == offer.start) }
  }
}

/// One time told to two people.
enum BothZones {
  /// "13:30 for Ravi", with the day when it is another one.
  static func other(_ instant: Kit.Instant, own: Zone, other: Zone, name: String) -> String {
    let moment = instant.microseconds
    let isSameDay = own.local(at: moment).date == other.local(at: moment).date
    return (isSameDay ? DisplayTime.time(moment, other) : DisplayTime.dayAndTime(moment, other)) + " for " + name
  }
}

import Kit
import Scheduling
import Store
import Web

/// The viewer's rules with their editor, and what they come to.
struct ShowAvailability: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> AvailabilityPage {
    let rules = try AvailabilityRules.of(viewer.person, org: viewer.org, tx)
    let exceptions = try AvailabilityException.coming(viewer.person, org: viewer.org, from: viewer.today(world), tx)
    let elsewhere: String? = try tx.value(
      """
      SELECT zone FROM person WHERE org_id = \(viewer.org) AND state = \("active") AND zone <> \(rules.zone)
      GROUP BY zone ORDER BY count(*) DESC, zone LIMIT 1
      """)
    let now = world.now()
    let people = try PersonTime.load([viewer.person], org: viewer.org, from: now, to: now + .days(rules.horizonDays), tx, world)
    let slots =
      people[viewer.person].map { SlotSearch(host: $0, guests: [], minutes: 30, now: now.microseconds).next(6, from: now.minutes) } ?? []
    return AvailabilityPage(
      zone: rules.zone, place: DisplayTime.place(rules.zone), hasWindows: !rules.weekly.isEmpty,
      weekly: rules.weekly.map { .init(weekday: DayOfWeek($0.weekday), from: $0.window.from.description, to: $0.window.to.description) },
      weeklyMinutes: rules.weeklyMinutes, sessionsPerDay: rules.sessionsPerDay, bufferBefore: rules.bufferBefore,
      bufferAfter: rules.bufferAfter,
      noticeMinutes: rules.noticeMinutes, horizonDays: rules.horizonDays,
      exceptions: exceptions.map { .init(id: $0.id, kind: $0.kind, dates: $0.dates, words: $0.words) },
      preview: slots.map { .init(Instant(minutes: $0), viewer, elsewhere: elsewhere, now: now) },
      previewText: AvailabilityPage.sentence(rules, slots),
      days: AvailabilityForms.week(rules), limits: AvailabilityForms.limits(rules),
      exceptionForm: AvailabilityForms.exception(today: viewer.today(world)))
  }
}

struct AvailabilityPage: Output {
  struct Window: Output {
    let weekday: DayOfWeek
    let from: String
    let to: String
  }

  struct Dated: Output {
    let id: ID<AvailabilityException>
    let kind: AvailabilityException.Kind
    let dates: String
    let words: String
  }

  struct Slot: Output {
    let start: Moment
    let elsewhere: String?

    init(_ instant: Instant, _ viewer: Viewer, elsewhere zone: String?, now: Instant) {
      start = Moment(instant, viewer, now: now)
      elsewhere = zone.map { "\(DisplayTime.dayAndTime(instant.microseconds, Zones.zone($0))) \(DisplayTime.place($0))" }
    }
  }

  let zone: String
  let place: String
  let hasWindows: Bool
  let weekly: [Window]
  let weeklyMinutes: Int?
  let sessionsPerDay: Int?
  let bufferBefore: Int
  let bufferAfter: Int
  let noticeMinutes: Int
  let horizonDays: Int
  let exceptions: [Dated]
  let preview: [Slot]
  let previewText: String
  let days: [AvailabilityForms.Day]
  let limits: Form
  let exceptionForm: Form

  /// Why there are slots, or none.
  static func sentence(_ rules: Availability, _ slots: [Int32]) -> String {
    if rules.weekly.isEmpty && rules.exceptions.allSatisfy(\.windows.isEmpty) {
      return "You have no windows, so nobody can book you. Sessions are made by agreement only."
    }
    if slots.isEmpty { return "Your windows leave no free half hour in the next \(counted(rules.horizonDays, "day"))." }
    return "The next half hours people can book:"
  }
}

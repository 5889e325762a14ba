import Kit
import Scheduling
import Store
import Web

/// The viewer's rules with their editor, and what they come to.
struct ShowAvailability: UseCase {
  /// The zone of a mentee for whom the preview is made; the most frequent one with another clock when left out.
  var seenFrom: String?

  static let rules: [String: Rule] = ["seen_from": .zone]

  init(seenFrom: String? = nil) { self.seenFrom = seenFrom }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> AvailabilityPage {
    let rules = try AvailabilityRules.of(viewer.person, org: viewer.org, tx)
    let wishes = try BookingWishes.of(viewer.person, org: viewer.org, tx)
    let exceptions = try AvailabilityException.coming(viewer.person, org: viewer.org, from: viewer.today(world), tx)
    let zones: [String] = try tx.values(
      """
      SELECT zone FROM person WHERE org_id = \(viewer.org) AND state = \("active") AND zone <> \(rules.zone)
      GROUP BY zone ORDER BY count(*) DESC, zone LIMIT 20
      """)
    let now = world.now()
    let people = try PersonTime.load([viewer.person], org: viewer.org, from: now, to: now + .days(rules.horizonDays), tx, world)
    let slots = people[viewer.person].map { SlotPreview.starts($0, minutes: wishes.usual, now: now) } ?? []
    let others = SlotPreview.zones(zones, apartFrom: rules.zone, at: slots.first.map { Instant(minutes: $0) } ?? now)
    let elsewhere = seenFrom.flatMap { Zones.isKnown($0) ? $0 : nil } ?? others.first
    return AvailabilityPage(
      zone: rules.zone, place: DisplayTime.place(rules.zone), hasWindows: !rules.weekly.isEmpty,
      weekly: rules.weekly.map { .init(weekday: DayOfWeek($0.weekday), from: $0.window.from.description, to: $0.window.to.description) },
      weeklyMinutes: rules.weeklyMinutes, sessionsPerDay: rules.sessionsPerDay, bufferBefore: rules.bufferBefore,
      bufferAfter: rules.bufferAfter, noticeMinutes: rules.noticeMinutes, horizonDays: rules.horizonDays, lengths: wishes.lengths,
      confirms: wishes.confirms,
      exceptions: exceptions.map { .init(id: $0.id, kind: $0.kind, dates: $0.dates, words: $0.words) },
      preview: SlotPreview(slots, viewer, elsewhere: elsewhere, zones: others, now: now),
      previewText: AvailabilityPage.sentence(rules, slots, minutes: wishes.usual, today: viewer.today(world)),
      pause: .init(rules, today: viewer.today(world)), zoneChange: try ZoneChange.of(viewer, tx).map { .init($0, at: now) },
      days: AvailabilityForms.week(rules), limits: AvailabilityForms.limits(rules), wishes: AvailabilityForms.wishes(wishes),
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

  struct Pause: Output {
    /// "Mon 12 Jan", when a pause is on.
    let until: String?
    let form: Form

    init(_ rules: Availability, today: CivilDate) {
      let last = rules.away.first { $0.isPause && $0.last >= today }?.last
      until = last.map { DisplayTime.dayAndYear($0.adding(days: 1)) }
      form = Form(
        "/you/availability/pause", button: last == nil ? "Pause" : "Change the pause", id: "pause",
        [.text("until", "Pause me until", value: last?.adding(days: 1).description, type: "date")])
    }
  }

  /// The zone was changed after the week was written.
  struct Moved: Output {
    let before: String
    let after: String
    /// The first window as it is, and as it would be.
    let now: String
    let then: String

    init(_ change: ZoneChange, at instant: Instant) {
      before = DisplayTime.place(change.before)
      after = DisplayTime.place(change.after)
      now = Moved.words(change.week.first)
      then = Moved.words(change.shifted(at: instant).first)
    }

    private static func words(_ window: WeeklyWindow?) -> String {
      window.map { "\(DayOfWeek($0.weekday).name) \(DisplayTime.range($0.window.from, $0.window.to))" } ?? ""
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
  let lengths: [Int]
  let confirms: Bool
  let exceptions: [Dated]
  let preview: SlotPreview
  let previewText: String
  let pause: Pause
  let zoneChange: Moved?
  let days: [AvailabilityForms.Day]
  let limits: Form
  let wishes: Form
  let exceptionForm: Form
  /// Where the week that a preset replaced is had back.
  var former: String?

  /// Why there are slots, or none.
  static func sentence(_ rules: Availability, _ slots: [Int32], minutes: Int, today: CivilDate) -> String {
    if let pause = rules.away.first(where: { $0.isPause && $0.last >= today }), slots.isEmpty {
      return "You are paused until \(DisplayTime.dayAndYear(pause.last.adding(days: 1)))."
    }
    if rules.weekly.isEmpty && rules.exceptions.allSatisfy(\.windows.isEmpty) {
      return "You have no windows, so nobody can book you. Sessions are made by agreement only."
    }
    if slots.isEmpty { return "Your windows leave no free \(minutes) minutes in the next \(counted(rules.horizonDays, "day"))." }
    return "The next \(counted(slots.count, "time")) at which \(minutes) minutes can be booked:"
  }
}

import Kit
import Scheduling
import Store
import Web

/// All hours a mentor and the asker share, by day: the other times behind a card.
struct ShowHours: UseCase {
  var ask: ID<Ask>
  var mentor: ID<Person>

  init(ask: ID<Ask>, mentor: ID<Person>) {
    self.ask = ask
    self.mentor = mentor
  }

  struct Page: Output {
    var ask: ID<Ask>
    var mentor: Member
    var role: String
    var minutes: Int
    var slotsField: SlotsField
    var isEmpty: Bool
    var zone: String
    var holdAction: String
  }

  /// The strip of days with their hours.
  struct SlotsField: Output {
    var name = "start"
    var id = "start"
    var days: [Day]
  }

  struct Day: Output {
    var label: String
    var slots: [Slot]
  }

  struct Slot: Output {
    var value: Kit.Instant
    var label: String
    var other: String?
  }

  /// Hours a day at most: a list to read, not a wall.
  static let perDay = 6

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let ask = try Ask.find(ask, for: viewer, tx)
    guard ask.state.isWaiting else { throw ask.state.refusal }
    let member = try Member.find(meetable: mentor, for: viewer, tx)
    guard member.isMentor, member.id != viewer.person else { throw Problem.notFound }
    let ranked = try RankMentors.look(at: member.id, for: ask, tx, world)
    guard ranked.ranking.ranked.contains(where: { $0.id == member.id.value }) || ranked.mayTell(member.id) else { throw Problem.notFound }
    let now = world.now()
    let starts = try SharedHours.between(mentor: member.id, ask: ask, tx, world)
    let shown = SlotSearch.thin(starts.map(\.minutes), perDay: ShowHours.perDay, zone: Zones.zone(viewer.zone)).map(
      Kit.Instant.init(minutes:))
    return Page(
      ask: ask.id, mentor: member, role: member.role, minutes: ask.minutes,
      slotsField: SlotsField(days: ShowHours.days(shown, member, viewer, now: now)),
      isEmpty: shown.isEmpty, zone: DisplayTime.place(viewer.zone), holdAction: "/asks/\(ask.id)/holds")
  }

  static func days(_ starts: [Kit.Instant], _ mentor: Member, _ viewer: Viewer, now: Kit.Instant) -> [Day] {
    var days: [Day] = []
    for start in starts {
      let choice = HourChoice(start, mentor: mentor, viewer, now: now)
      let slot = Slot(value: start, label: choice.moment.time, other: choice.other)
      if days.last?.label == choice.moment.day {
        days[days.count - 1].slots.append(slot)
      } else {
        days.append(Day(label: choice.moment.day, slots: [slot]))
      }
    }
    return days
  }
}

extension RankedAsk {
  /// Whether somebody who is not ranked is kept out only by reasons the asker may know, such as no hour before the deadline.
  func mayTell(_ mentor: ID<Person>) -> Bool {
    guard let excluded = ranking.excluded.first(where: { $0.id == mentor.value }) else { return false }
    return excluded.rules == [.noCommonSlot]
  }
}

import Kit
import Matching
import Scheduling
import Store
import Web

/// One mentor for one ask: who, why in one line, the points behind it, and the next hours both have free.
struct MentorCard: Output {
  var mentor: Member
  var points: Int
  /// One line of reasons.
  var why: String
  var reasons: [ReasonLine]
  /// The next hours, the first of them on the button.
  var slots: [HourChoice]
  /// How many more there are before the deadline.
  var moreSlots: Int
  var role: String
  /// The first of the hours, on the button.
  var next: HourChoice?
  /// Only where help is written: there is no hour to choose.
  var isWritten: Bool
  var holdAction: String
  var offerAction: String
  var hoursHref: String
  var mentorHref: String

  /// One line of a score; the points of all lines add up to the card's.
  struct ReasonLine: Output {
    var label: String
    var points: Int
    var maximum: Int
    var percent: Int
    var sentence: String
  }

  init(_ person: Mentor, _ ranked: Ranked, _ all: RankedAsk, _ viewer: Viewer, now: Kit.Instant) {
    mentor = person.member
    points = ranked.total
    reasons = ranked.lines.map { line in
      ReasonLine(
        label: Wording.name(line.factor).capitalisedFirst, points: line.points, maximum: line.maximum,
        percent: line.maximum > 0 ? min(100, max(0, line.points * 100 / line.maximum)) : 0, sentence: all.wording.sentence(line))
    }
    let starts = all.starts(of: person.id)
    slots = starts.prefix(5).map { HourChoice($0, mentor: person.member, viewer, now: now) }
    next = slots.first
    moreSlots = max(0, starts.count - 1)
    role = person.member.role
    isWritten = all.ask.settings.isWritten
    holdAction = "/asks/\(all.ask.id)/holds"
    offerAction = "/asks/\(all.ask.id)/offers"
    hoursHref = "/asks/\(all.ask.id)/mentors/\(person.id)/slots"
    mentorHref = "/mentors/\(person.id)"
    why = WhyLine(ranked, person, all).text
  }
}

/// An hour to choose, told to both.
struct HourChoice: Output {
  /// What is sent when it is chosen.
  var value: Kit.Instant
  var moment: Moment
  /// "13:30 for Ravi" when their clock shows something else.
  var other: String?

  init(_ start: Kit.Instant, mentor: Member, _ viewer: Viewer, now: Kit.Instant) {
    self.init(start, mentor: mentor.name, zone: Zones.zone(mentor.zone), own: Zones.zone(viewer.zone), now: now)
  }

  /// - Parameters:
  ///   - zone: the mentor's zone.
  ///   - own: the viewer's zone.
  init(_ start: Kit.Instant, mentor name: String, zone: Zone, own: Zone, now: Kit.Instant) {
    value = start
    moment = Moment(start, zone: own, now: now)
    if zone.name != own.name, zone.offset(at: start.microseconds) != own.offset(at: start.microseconds) {
      other = BothZones.other(start, own: own, other: zone, name: Member.firstName(name))
    }
  }
}

extension Member {
  /// What people call them.
  var firstName: String { Member.firstName(name) }

  static func firstName(_ name: String) -> String { String(name.prefix { $0 != " " }) }

  /// "Team lead, Sales".
  var role: String { Member.role(title, department) }

  static func role(_ title: String, _ department: String) -> String {
    title.isEmpty ? department : department.isEmpty ? title : title + ", " + department
  }
}

extension String {
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

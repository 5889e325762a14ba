import Kit
import Scheduling
import Store
import Web

/// A mentor: topics, languages, next hours, how fast answers come.
struct ShowMentor: UseCase {
  var mentor: ID<Person>

  init(mentor: ID<Person>) { self.mentor = mentor }

  struct Page: Output {
    var mentor: Member
    var role: String
    var bio: String
    var topics: [SkillLevel]
    var languages: [String]
    var zone: String
    var hours: [HourChoice]
    var hasHours: Bool
    var answeringTime: String?
    var sessions: Int
    var rating: String?
    var isSelf: Bool
    var askHref: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let member = try Member.find(mentor, for: viewer, tx)
    let state: String? = try tx.value("SELECT state FROM person WHERE org_id = \(viewer.org) AND id = \(mentor)")
    guard member.isMentor, state == "active" else { throw Problem.notFound }
    let now = world.now()
    let isSelf = member.id == viewer.person
    let record = try OfferRecord.load([member.id], ask: nil, org: viewer.org, now: now, tx)[member.id] ?? OfferRecord()
    let history = try MentorHistory.load([member.id], with: viewer.person, org: viewer.org, now: now, tx)[member.id] ?? MentorHistory()
    return Page(
      mentor: member, role: member.role,
      bio: try tx.value("SELECT bio FROM person WHERE org_id = \(viewer.org) AND id = \(mentor)") ?? "",
      topics: try PersonSkills.of(member.id, org: viewer.org, tx).offers.sorted { ($1.level, $0.skill.label) < ($0.level, $1.skill.label) },
      languages: member.languages.map(LanguageNames.english), zone: DisplayTime.place(member.zone),
      hours: isSelf ? [] : try hours(member, viewer, now, tx, world), hasHours: !isSelf, answeringTime: record.answeringTime,
      sessions: try tx.count(
        "SELECT count(*) FROM session WHERE org_id = \(viewer.org) AND mentor_id = \(mentor) AND state IN ('met', 'wrapped')"),
      rating: history.ratings >= 3 ? tenths(history) : nil, isSelf: isSelf, askHref: "/asks/new?mentor=\(member.id)")
  }

  /// Two a day at most, so that the list shows days to choose from.
  private func hours(_ member: Member, _ viewer: Viewer, _ now: Kit.Instant, _ tx: Transaction, _ world: World) throws -> [HourChoice] {
    let minutes = try BookingWishes.of(member.id, org: viewer.org, tx).usual
    let starts = try PersonTime.commonStarts(
      host: member.id, guest: viewer.person, minutes: minutes, from: now, count: 200, org: viewer.org, tx, world)
    return SlotSearch.thin(starts.map(\.minutes), perDay: 2, zone: Zones.zone(viewer.zone)).prefix(6).map {
      HourChoice(Kit.Instant(minutes: $0), mentor: member, viewer, now: now)
    }
  }

  private func tenths(_ history: MentorHistory) -> String {
    let tenths = (history.ratingSum * 10 + history.ratings / 2) / history.ratings
    return "\(tenths / 10).\(tenths % 10) of 5 in \(history.ratings) ratings"
  }
}

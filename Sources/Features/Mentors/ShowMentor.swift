import Kit
import Matching
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
    /// What the mentor knows better than the viewer, all of it for themselves.
    var topics: [SkillLevel]
    var languages: [String]
    var zone: String
    var hours: [HourChoice]
    var hasHours: Bool
    /// Where one of the hours can be taken for the viewer's newest ask; nil where the mentor cannot help with it, and without one.
    var hoursHref: String?
    var answeringTime: String?
    var sessions: Int
    var rating: String?
    var isSelf: Bool
    var askHref: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let member = try Member.find(meetable: mentor, for: viewer, tx)
    let state: String? = try tx.value("SELECT state FROM person WHERE org_id = \(viewer.org) AND id = \(mentor)")
    guard member.isMentor, state == "active" else { throw Problem.notFound }
    let now = world.now()
    let isSelf = member.id == viewer.person
    let skills = try PersonSkills.of([member.id, viewer.person], org: viewer.org, tx)
    let record = try OfferRecord.load([member.id], ask: nil, org: viewer.org, now: now, tx)[member.id] ?? OfferRecord()
    let history = try MentorHistory.load([member.id], with: viewer.person, org: viewer.org, now: now, tx)[member.id] ?? MentorHistory()
    return Page(
      mentor: member, role: member.role,
      bio: try tx.value("SELECT bio FROM person WHERE org_id = \(viewer.org) AND id = \(mentor)") ?? "",
      topics: topics(skills[member.id], beside: isSelf ? nil : skills[viewer.person]),
      languages: member.languages.map(LanguageNames.english), zone: DisplayTime.place(member.zone),
      hours: isSelf ? [] : try hours(member, viewer, now, tx, world), hasHours: !isSelf,
      hoursHref: isSelf ? nil : try hoursHref(member, viewer, tx, world), answeringTime: record.answeringTime,
      sessions: try tx.count(
        "SELECT count(*) FROM session WHERE org_id = \(viewer.org) AND mentor_id = \(mentor) AND state IN ('met', 'wrapped')"),
      rating: history.ratings >= 3 ? tenths(history) : nil, isSelf: isSelf, askHref: "/asks/new?mentor=\(member.id)")
  }

  /// The highest first. Whoever did not say where they stand counts as having some practice, as in the ranking.
  private func topics(_ own: PersonSkills?, beside viewer: PersonSkills?) -> [SkillLevel] {
    let offers = own?.offers ?? []
    let above = viewer.map { viewer in offers.filter { $0.level > viewer.level(in: $0.skill.id) ?? 2 } } ?? offers
    return above.sorted { ($1.level, $0.skill.label) < ($0.level, $1.skill.label) }
  }

  private func hoursHref(_ member: Member, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> String? {
    let newest = try Ask.all(of: viewer.person, org: viewer.org, before: nil, limit: 1, tx).first
    guard let ask = newest, ask.state.isWaiting, !ask.settings.isWritten else { return nil }
    let ranked = try RankMentors.look(at: member.id, for: ask, tx, world)
    let mayHelp = ranked.ranking.ranked.contains { $0.id == member.id.value } || ranked.mayTell(member.id)
    return mayHelp ? "/asks/\(ask.id)/mentors/\(member.id)/slots" : nil
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
    let mean = Wording.tenths(history.ratingSum * 1000 / history.ratings)
    return "\(mean) of 5 in \(history.ratings) ratings"
  }
}

import Kit
import Store
import Web

/// Makes an organisation with its people: profiles, skills, hours, vetted mentors.
struct Founding {
  /// No operator does in the demo what its invented people do.
  private static let origin = Viewer.Origin.job.word

  let name: String
  let domain: String
  let zone: String
  let members: Int
  let content: DemoPeople
  let themes: [DemoTheme]
  /// People with a part of their own, made first.
  let leads: [Lead]

  /// A person who is named in the story or whose sign-in is printed.
  struct Lead: Sendable {
    let key: String
    let name: String
    let title: String
    /// Place in the list of departments.
    let department: Int
    let roles: Roles
    let seniority: Int
    let offers: [String: Int]
    let seeks: [String: Int]
    let bio: String
  }

  struct Founded: Sendable {
    let company: Company
    let leads: [String: ID<Person>]
  }

  func callAsFunction(_ tx: Transaction, _ world: World, _ dice: inout Dice) throws -> Founded {
    let org = try CreateOrganisation(name: name, zone: zone, origin: Self.origin)(tx, world)
    var slugs = Set(themes.flatMap(\.skills))
    for department in content.departments { slugs.formUnion(department.offers + department.seeks) }
    for lead in leads { slugs.formUnion(Array(lead.offers.keys) + Array(lead.seeks.keys)) }
    let skills = try Skill.slugs(slugs, tx)
    var people: [Company.Someone] = []
    var named: [String: ID<Person>] = [:]
    var taken: Set<String> = []
    for lead in leads {
      let someone = try add(lead, org: org, skills, tx, world)
      named[lead.key] = someone.viewer.person
      taken.insert(lead.name)
      people.append(someone)
    }
    let boss = people.first { $0.viewer.has(.manager) }?.viewer.person
    for number in leads.count..<max(members, leads.count) {
      people.append(try invent(number, org: org, boss: boss, &taken, skills, tx, world, &dice))
    }
    let lessons: [ID<Lesson>] = try tx.values("SELECT id FROM lesson WHERE org_id = \(org) AND state = 'published' ORDER BY id")
    return Founded(company: Company(org: org, zone: zone, people: people, themes: themes, skills: skills, lessons: lessons), leads: named)
  }

  private func add(_ lead: Lead, org: ID<Organisation>, _ skills: [String: ID<Skill>], _ tx: Transaction, _ world: World) throws
    -> Company.Someone
  {
    var member = CreateMember(email: address(lead.name), name: lead.name, zone: zone)
    member.roles = lead.roles.subtracting(.mentor)
    member.title = lead.title
    member.department = content.departments[lead.department].name
    member.seniority = lead.seniority
    member.bio = lead.bio
    let id = try member(tx, org: org, by: nil, origin: Self.origin, world)
    let levels = { (slugs: [String: Int]) in
      Dictionary(uniqueKeysWithValues: slugs.compactMap { slug, level in skills[slug].map { ($0, level) } })
    }
    try PersonSkills.set(
      person: id, org: org, offers: levels(lead.offers), seeks: levels(lead.seeks), by: nil, origin: Self.origin, tx, world)
    return try settle(
      id, org: org, member, department: lead.department, isMentor: lead.roles.contains(.mentor), diligence: 95, themes: [2], tx, world)
  }

  /// One of the many: a name, a place, a department, what they can and what they want.
  private func invent(
    _ number: Int, org: ID<Organisation>, boss: ID<Person>?, _ taken: inout Set<String>, _ skills: [String: ID<Skill>], _ tx: Transaction,
    _ world: World, _ dice: inout Dice
  ) throws -> Company.Someone {
    var name = ""
    repeat { name = "\(dice.one(of: content.first) ?? "Ann") \(dice.one(of: content.last) ?? "Other")" } while !taken.insert(name).inserted
    let place = dice.one(of: content.places.flatMap { Array(repeating: $0, count: $0.weight) })
    let department = dice.below(content.departments.count)
    let own = content.departments[department]
    let isMentor = dice.percent(24)
    let isLead = isMentor && dice.percent(25)
    var member = CreateMember(email: address(name), name: name, zone: place?.zone ?? zone)
    member.languages = place?.languages ?? ["en"]
    member.department = own.name
    member.title = isLead ? own.lead : dice.one(of: own.titles) ?? own.lead
    member.seniority = isLead ? 5 : isMentor ? dice.within(3...4) : dice.within(1...3)
    member.manager = boss
    let id = try member(tx, org: org, by: nil, origin: Self.origin, world)
    let occupied = dice.some(2, of: Array(themes.indices))
    let mine = isMentor ? own.offers + dice.some(3, of: themes).flatMap(\.skills) : dice.some(2, of: own.offers)
    let wished = occupied.flatMap { themes[$0].skills.prefix(1) } + dice.some(2, of: own.seeks)
    var offers: [ID<Skill>: Int] = [:]
    for slug in mine { if let skill = skills[slug] { offers[skill] = isMentor ? dice.within(3...5) : dice.within(2...3) } }
    var seeks: [ID<Skill>: Int] = [:]
    for slug in wished where !mine.contains(slug) { if let skill = skills[slug] { seeks[skill] = dice.within(1...3) } }
    try PersonSkills.set(person: id, org: org, offers: offers, seeks: seeks, by: id, origin: Self.origin, tx, world)
    return try settle(
      id, org: org, member, department: department, isMentor: isMentor, diligence: dice.within(20...95), themes: occupied,
      hours: dice.below(4), tx,
      world)
  }

  /// Vets a mentor and gives them hours.
  private func settle(
    _ id: ID<Person>, org: ID<Organisation>, _ member: CreateMember, department: Int, isMentor: Bool, diligence: Int, themes: [Int],
    hours: Int = 0, _ tx: Transaction, _ world: World
  ) throws -> Company.Someone {
    if isMentor { try Vetting.approve(id, org: org, by: nil, origin: Self.origin, tx, world) }
    let roles = isMentor ? member.roles.union([.member, .mentor]) : member.roles.union(.member)
    let viewer = Viewer(org: org, person: id, roles: roles, origin: .session(0), name: member.name, zone: member.zone, orgName: name)
    if isMentor { _ = try week(hours)(tx, viewer, world) }
    return Company.Someone(viewer: viewer, department: department, isMentor: isMentor, diligence: diligence, themes: themes)
  }

  private func week(_ hours: Int) -> SetAvailability {
    let days: [DayOfWeek] =
      switch hours {
      case 0: [.monday, .tuesday, .wednesday, .thursday]
      case 1: [.tuesday, .thursday]
      case 2: [.monday, .wednesday, .friday]
      default: [.tuesday, .wednesday, .friday]
      }
    var week = SetAvailability()
    week.weekly = days.flatMap { day in
      [SetAvailability.Window(weekday: day, from: "09:00", to: "11:30"), SetAvailability.Window(weekday: day, from: "14:00", to: "17:00")]
    }
    week.weeklyMinutes = 120 + hours * 30
    week.bufferAfter = 5
    week.noticeMinutes = 240
    week.horizonDays = 30
    return week
  }

  private func address(_ name: String) -> String { Founding.address(name, domain) }

  /// The address of somebody invented.
  static func address(_ name: String, _ domain: String) -> String {
    name.lowercased().split(separator: " ").joined(separator: ".") + "@" + domain
  }
}

import Kit
import Store
import Web

/// A skill by id, word or label, with its level; level 0 takes it out.
struct SkillChoice: Codable, Sendable {
  var skill: String
  var level: Int
}

/// Replaces what the viewer helps others with.
struct SetOffers: UseCase {
  static let rules: [String: Rule] = [
    "skills": .list(0...60), "skills.skill": .text(1...200), "skills.level": .number(0...5),
    "level_of_added": .number(1...5),
  ]

  var skills: [SkillChoice]?
  var addOffers: [String]?
  var levelOfAdded: Int?

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> PersonSkills {
    let levels = try OwnSkills.levels(skills ?? [], add: addOffers ?? [], level: levelOfAdded ?? 4, field: "add_offers", tx)
    return try OwnSkills.replace(.offers, levels, viewer, tx, world)
  }
}

/// Replaces what the viewer wants to learn. The level is where they are now.
struct SetSeeks: UseCase {
  static let rules: [String: Rule] = [
    "skills": .list(0...60), "skills.skill": .text(1...200), "skills.level": .number(0...5),
    "level_of_added": .number(1...5),
  ]

  var skills: [SkillChoice]?
  var addSeeks: [String]?
  var levelOfAdded: Int?

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> PersonSkills {
    let levels = try OwnSkills.levels(skills ?? [], add: addSeeks ?? [], level: levelOfAdded ?? 2, field: "add_seeks", tx)
    return try OwnSkills.replace(.seeks, levels, viewer, tx, world)
  }
}

enum OwnSkills {
  static func levels(
    _ kept: [SkillChoice], add: [String], level: Int, field: String, _ tx: Transaction
  ) throws -> [ID<Skill>: Int] {
    var levels: [ID<Skill>: Int] = [:]
    let added = try Skill.resolve(add, field: field, tx)
    for id in added { levels[id] = level }
    let wanted = kept.filter { $0.level > 0 }
    let ids = try Skill.resolve(wanted.map(\.skill), field: "skills", tx)
    // Texts that name the same skill twice shorten the list; then each is looked up alone.
    if ids.count == wanted.count {
      for (id, choice) in zip(ids, wanted) { levels[id] = choice.level }
    } else {
      for choice in wanted { levels[try Skill.resolve(choice.skill, field: "skills", tx)] = choice.level }
    }
    guard levels.count <= PersonSkills.most else { throw Problem.invalid(field, PersonSkills.tooMany) }
    return levels
  }

  static func replace(
    _ direction: SkillDirection, _ levels: [ID<Skill>: Int], _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> PersonSkills {
    let before = try PersonSkills.of(viewer.person, org: viewer.org, tx)
    func levelled(_ skills: [SkillLevel]) -> [ID<Skill>: Int] {
      Dictionary(skills.map { ($0.skill.id, $0.level) }, uniquingKeysWith: { first, _ in first })
    }
    try PersonSkills.set(
      person: viewer.person, org: viewer.org, offers: direction == .offers ? levels : levelled(before.offers),
      seeks: direction == .seeks ? levels : levelled(before.seeks), by: viewer.person, origin: viewer.origin.word, tx, world)
    return try PersonSkills.of(viewer.person, org: viewer.org, tx)
  }
}

import Kit
import Store
import Web

/// What the viewer helps with and wants to learn, each list as a form of its own.
struct ShowOwnSkills: UseCase {
  // What was chosen in a form that was refused.
  var addOffers: [String]?
  var addSeeks: [String]?

  struct Page: Output {
    let offers: [SkillLevel]
    let seeks: [SkillLevel]
    let offersForm: Form
    let seeksForm: Form
    let back: Form.Link
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let skills = try PersonSkills.of(viewer.person, org: viewer.org, tx)
    return Page(
      offers: skills.offers, seeks: skills.seeks, offersForm: form("offers", skills.offers, try PickedSkills([], typed: addOffers, tx)),
      seeksForm: form("seeks", skills.seeks, try PickedSkills([], typed: addSeeks, tx)), back: Form.Link("You", "/you"))
  }

  private func form(_ direction: String, _ levels: [SkillLevel], _ added: PickedSkills) -> Form {
    let isOffer = direction == "offers"
    var fields: [Form.Field] = []
    for (place, level) in levels.enumerated() {
      fields.append(.hidden("skills.\(place).skill", level.skill.id.description))
      fields.append(
        .choose(
          .select, "skills.\(place).level", level.skill.label, SkillLevel.options(chosen: level.level) + [Form.Option("0", "Take it out")]))
    }
    fields.append(
      .skills(
        "add_\(direction)", levels.isEmpty ? "Skills" : "Add skills", added,
        help: isOffer ? "Start typing, as in negotiation. Three good topics are enough." : "Start typing, as in public speaking.",
        optional: true))
    fields.append(
      .choose(
        .select, "level_of_added", isOffer ? "How far are you in them?" : "Where are you now?", SkillLevel.options(chosen: isOffer ? 4 : 2))
    )
    return Form("/you/skills/\(direction)", button: isOffer ? "Save what you help with" : "Save what you learn", id: direction, fields)
  }
}

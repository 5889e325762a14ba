import Kit
import Store
import Web

/// What a form's field for skills holds: the skills chosen so far, and, after a refusal, those near to words that name none.
///
/// The near ones become boxes to tick, so that somebody without scripts finds a skill too.
struct PickedSkills {
  private static let mostNear = 6

  let chosen: [Skill]
  let near: [Skill]

  /// - Parameter typed: what the form was sent with, ids and words; nil when the page is opened.
  init(_ saved: [Skill], typed: [String]? = nil, _ tx: Transaction) throws {
    guard let typed else {
      chosen = saved
      near = []
      return
    }
    let (ids, unknown) = try Skill.read(typed, tx)
    let named = try Skill.named(ids, tx)
    chosen = ids.compactMap { named[$0] }
    var found: [Skill] = []
    for skill in try unknown.prefix(3).flatMap({ try Skill.near($0, limit: 4, tx) })
    where !ids.contains(skill.id) && !found.contains(skill) { found.append(skill) }
    near = Array(found.prefix(PickedSkills.mostNear))
  }
}

extension Form.Field {
  /// Several skills, found as somebody types.
  static func skills(_ name: String, _ label: String, _ picked: PickedSkills, help: String? = nil, optional: Bool? = nil) -> Form.Field {
    .combo(
      name, label,
      Form.Combo(
        "/skills/search", multiple: true, chosen: picked.chosen.map { .init($0.id.description, $0.label) },
        near: picked.near.map { .init($0.id.description, $0.label) }),
      help: help, optional: optional)
  }
}

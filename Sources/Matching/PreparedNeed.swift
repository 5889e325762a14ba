/// A need with everything looked up that is the same for all candidates.
struct PreparedNeed {
  let need: Need
  let pool: Pool
  let managers: Set<Int64>
  let skillWants: [SkillWant]

  init(_ need: Need, pool: Pool) {
    self.need = need
    self.pool = pool
    managers = pool.reporting.managers(above: need.asker)
    skillWants = need.skills.map { SkillWant($0, graph: pool.skillGraph) }
  }

  var sessionMinutes: Int { need.sessionMinutes.clamped(to: Bounds.session) }
}

import Kit
import Scheduling
import Store
import Web

/// The programs that the organisation runs when the story begins, with the people in them.
struct DemoPrograms {
  let company: Company

  func run(days: Int, _ tx: Transaction, _ world: World) throws {
    guard let manager = company.people.first(where: { $0.viewer.has(.manager) })?.viewer else { return }
    let today = manager.today(world)
    try make(
      "Flash mentoring, all departments", .flash, "Half an hour of help within a week, for everybody.", every: 2, from: today,
      to: today.adding(days: days + 60), manager, tx, world)
    try make(
      "Leadership, first year", .leadership, "New leads meet somebody outside their own department.", every: 9, from: today,
      to: today.adding(days: 180), manager, tx, world)
  }

  private func make(
    _ name: String, _ template: Program.Template, _ purpose: String, every step: Int, from: CivilDate, to: CivilDate, _ manager: Viewer,
    _ tx: Transaction, _ world: World
  ) throws {
    let program = try CreateProgram(
      name: name, template: template, purpose: purpose, startsOn: from.description, endsOn: to.description)(tx, manager, world)
    let chosen = company.people.enumerated().filter { $0.offset % step == 0 }.map(\.element)
    for role in [Program.Role.mentee, .mentor] {
      let people = chosen.filter { $0.isMentor == (role == .mentor) }.prefix(EnrolPeople.most)
      let addresses = try people.compactMap { try Addressee.find($0.viewer.person, org: company.org, tx)?.email }
      guard !addresses.isEmpty else { continue }
      _ = try EnrolPeople(program: program.id, people: addresses.joined(separator: "\n"), role: role)(tx, manager, world)
    }
  }
}

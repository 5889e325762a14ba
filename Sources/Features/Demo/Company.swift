import Kit
import Store
import Web

/// An organisation of the demo and the people in it.
struct Company: Sendable {
  struct Someone: Sendable {
    let viewer: Viewer
    let department: Int
    let isMentor: Bool
    /// How much of what they mean to do they do, in percent.
    let diligence: Int
    /// Places in `themes` of what occupies them.
    let themes: [Int]
  }

  let org: ID<Organisation>
  let zone: String
  var people: [Someone]
  let themes: [DemoTheme]
  /// Skills by slug.
  let skills: [String: ID<Skill>]
  let lessons: [ID<Lesson>]
  private var places: [ID<Person>: Int] = [:]

  init(org: ID<Organisation>, zone: String, people: [Someone], themes: [DemoTheme], skills: [String: ID<Skill>], lessons: [ID<Lesson>]) {
    self.org = org
    self.zone = zone
    self.people = people
    self.themes = themes
    self.skills = skills
    self.lessons = lessons
    for (place, someone) in people.enumerated() { places[someone.viewer.person] = place }
  }

  func someone(_ person: ID<Person>) -> Someone? { places[person].map { people[$0] } }
  func viewer(_ person: ID<Person>) -> Viewer? { someone(person)?.viewer }
  func skillIDs(_ theme: DemoTheme) -> [ID<Skill>] { theme.skills.compactMap { skills[$0] } }
}
